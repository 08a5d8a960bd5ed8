/** Paints a scene: rooms by colour, uncertain ones hatched, walls, repairs, areas where there is space for them. */
import type { Position, Room } from '../../../rooms/index.ts';
import { shortNumber } from '../plan/numbers.ts';
import { colourCount, type Ink, inkFor, type Mode, roomColour } from './colours.ts';
import type { Scene } from './scene.ts';
import { type Size, toScreen, type Viewport, visibleBox } from './viewport.ts';

export interface Picture {
  readonly scene: Scene;
  readonly view: Viewport;
  readonly size: Size;
  readonly mode: Mode;
  readonly showRepairs: boolean;
}

const smallestLabel = { width: 52, height: 22 };
const mostLabels = 1200;

export function paintPlan(context: CanvasRenderingContext2D, picture: Picture): void {
  const { size, mode } = picture;
  const ink = inkFor(mode);
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, size.width, size.height);
  const visible = visibleRooms(picture);
  paintRooms(context, picture, visible);
  paintUncertain(context, picture, ink);
  paintWalls(context, picture, ink);
  paintLabels(context, picture, visible, ink);
  if (picture.showRepairs) paintRepairs(context, picture, ink);
}

/** The room under the pointer or in focus, on a layer of its own. */
export function paintHighlight(
  context: CanvasRenderingContext2D,
  room: Room,
  view: Viewport,
  mode: Mode,
): void {
  const ink = inkFor(mode);
  context.beginPath();
  traceRoom(context, room, view);
  context.globalAlpha = 0.22;
  context.fillStyle = ink.accent;
  context.fill('evenodd');
  context.globalAlpha = 1;
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = ink.accent;
  context.stroke();
}

function visibleRooms({ scene, view, size }: Picture): readonly (readonly number[])[] {
  const byColour: number[][] = Array.from({ length: colourCount }, () => []);
  scene.index.forEachIn(visibleBox(view, size), (index) => byColour[scene.colours[index] ?? 0]?.push(index));
  return byColour;
}

function traceRing(context: CanvasRenderingContext2D, ring: readonly Position[], view: Viewport): void {
  const { scale, left, top } = view;
  ring.forEach(([x, y], corner) => {
    if (corner === 0) context.moveTo((x - left) * scale, (top - y) * scale);
    else context.lineTo((x - left) * scale, (top - y) * scale);
  });
  context.closePath();
}

function traceRoom(context: CanvasRenderingContext2D, room: Room, view: Viewport): void {
  traceRing(context, room.polygon, view);
  for (const hole of room.holes) traceRing(context, hole, view);
}

function paintRooms(
  context: CanvasRenderingContext2D,
  { scene, view, mode }: Picture,
  visible: readonly (readonly number[])[],
): void {
  visible.forEach((indices, colour) => {
    if (indices.length === 0) return;
    context.beginPath();
    for (const index of indices) {
      const room = scene.rooms[index];
      if (room !== undefined) traceRoom(context, room, view);
    }
    context.fillStyle = roomColour(mode, colour);
    context.fill('evenodd');
  });
}

const hatches = new Map<string, CanvasPattern>();

function hatch(context: CanvasRenderingContext2D, colour: string): CanvasPattern | null {
  const known = hatches.get(colour);
  if (known !== undefined) return known;
  const tile = document.createElement('canvas');
  tile.width = 8;
  tile.height = 8;
  const brush = tile.getContext('2d');
  if (brush === null) return null;
  brush.strokeStyle = colour;
  brush.lineWidth = 2;
  for (const shift of [-8, 0, 8]) {
    brush.moveTo(shift, 8);
    brush.lineTo(shift + 8, 0);
  }
  brush.stroke();
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern !== null) hatches.set(colour, pattern);
  return pattern;
}

function paintUncertain(context: CanvasRenderingContext2D, { scene, view }: Picture, ink: Ink): void {
  if (scene.uncertain.length === 0) return;
  context.beginPath();
  for (const index of scene.uncertain) {
    const room = scene.rooms[index];
    if (room !== undefined) traceRoom(context, room, view);
  }
  context.fillStyle = hatch(context, ink.hatch) ?? ink.hatch;
  context.fill('evenodd');
}

function paintWalls(context: CanvasRenderingContext2D, { scene, view, size }: Picture, ink: Ink): void {
  const { scale, left, top } = view;
  const { walls, bearing } = scene;
  const width = Math.max(0.6, Math.min(3, scale * scene.meanWall * 0.03));
  context.strokeStyle = ink.wall;
  context.lineCap = 'round';
  for (const [kind, lineWidth] of [
    [0, width],
    [1, width * 1.9],
  ] as const) {
    context.beginPath();
    for (let wall = 0; wall < bearing.length; wall += 1) {
      if (bearing[wall] !== kind) continue;
      const at = wall * 4;
      const x1 = ((walls[at] ?? 0) - left) * scale;
      const y1 = (top - (walls[at + 1] ?? 0)) * scale;
      const x2 = ((walls[at + 2] ?? 0) - left) * scale;
      const y2 = (top - (walls[at + 3] ?? 0)) * scale;
      if (Math.max(x1, x2) < 0 || Math.min(x1, x2) > size.width) continue;
      if (Math.max(y1, y2) < 0 || Math.min(y1, y2) > size.height) continue;
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.lineWidth = lineWidth;
    context.stroke();
  }
}

function paintLabels(
  context: CanvasRenderingContext2D,
  { scene, view }: Picture,
  visible: readonly (readonly number[])[],
  ink: Ink,
): void {
  context.fillStyle = ink.text;
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  let painted = 0;
  for (const index of visible.flat()) {
    const room = scene.rooms[index];
    if (room === undefined) continue;
    const [minX, minY, maxX, maxY] = room.bbox;
    if ((maxX - minX) * view.scale < smallestLabel.width) continue;
    if ((maxY - minY) * view.scale < smallestLabel.height) continue;
    const [x, y] = toScreen(view, room.label_point);
    context.fillText(shortNumber(room.area), x, y);
    painted += 1;
    if (painted === mostLabels) return;
  }
}

function paintRepairs(context: CanvasRenderingContext2D, { scene, view, size }: Picture, ink: Ink): void {
  context.strokeStyle = ink.mark;
  context.lineWidth = 2;
  context.beginPath();
  for (const repair of scene.repairs) {
    const [x, y] = toScreen(view, repair.at);
    if (x < -10 || y < -10 || x > size.width + 10 || y > size.height + 10) continue;
    context.moveTo(x + 6, y);
    context.arc(x, y, 6, 0, 2 * Math.PI);
  }
  context.stroke();
}
