/** Paints the drawing board: grid, walls, corners, the wall under way and the cursor. */
import type { Wall } from '../../../rooms/index.ts';
import { inkFor, type Mode } from '../canvas/colours.ts';
import { type Point, type Size, toScreen, type Viewport, visibleBox } from '../canvas/viewport.ts';
import { shortNumber } from '../plan/numbers.ts';

export interface DraftPicture {
  readonly walls: readonly Wall[];
  readonly open: Point | undefined;
  readonly cursor: Point | undefined;
  readonly grid: number;
  readonly view: Viewport;
  readonly size: Size;
  readonly mode: Mode;
}

const closestGridPixels = 9;

export function paintDraft(context: CanvasRenderingContext2D, picture: DraftPicture): void {
  const { view, size, walls, open, cursor } = picture;
  const ink = inkFor(picture.mode);
  context.fillStyle = ink.paper;
  context.fillRect(0, 0, size.width, size.height);
  paintGrid(context, picture, ink.grid);
  context.lineCap = 'round';
  for (const bearing of [false, true]) {
    context.beginPath();
    for (const wall of walls) {
      if (Boolean(wall.is_load_bearing) !== bearing) continue;
      context.moveTo(...toScreen(view, wall.start));
      context.lineTo(...toScreen(view, wall.end));
    }
    context.strokeStyle = ink.wall;
    context.lineWidth = bearing ? 6 : 3;
    context.stroke();
  }
  context.fillStyle = ink.wall;
  for (const { start, end } of walls) {
    for (const corner of [start, end]) {
      const [x, y] = toScreen(view, corner);
      context.fillRect(x - 2.5, y - 2.5, 5, 5);
    }
  }
  if (open !== undefined && cursor !== undefined)
    paintOpenWall(context, view, open, cursor, ink.accent, ink.text);
  if (cursor !== undefined) {
    const [x, y] = toScreen(view, cursor);
    context.strokeStyle = ink.accent;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(x, y, 7, 0, 2 * Math.PI);
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    context.stroke();
  }
}

function paintGrid(
  context: CanvasRenderingContext2D,
  { view, size, grid }: DraftPicture,
  colour: string,
): void {
  let step = grid;
  while (step * view.scale < closestGridPixels) step *= 2;
  const [minX, minY, maxX, maxY] = visibleBox(view, size);
  context.beginPath();
  for (let x = Math.ceil(minX / step) * step; x <= maxX; x += step) {
    const [screen] = toScreen(view, [x, 0]);
    context.moveTo(screen, 0);
    context.lineTo(screen, size.height);
  }
  for (let y = Math.ceil(minY / step) * step; y <= maxY; y += step) {
    const [, screen] = toScreen(view, [0, y]);
    context.moveTo(0, screen);
    context.lineTo(size.width, screen);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
}

function paintOpenWall(
  context: CanvasRenderingContext2D,
  view: Viewport,
  open: Point,
  cursor: Point,
  colour: string,
  text: string,
): void {
  const from = toScreen(view, open);
  const to = toScreen(view, cursor);
  context.strokeStyle = colour;
  context.lineWidth = 3;
  context.setLineDash([8, 6]);
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
  context.setLineDash([]);
  const length = Math.hypot(cursor[0] - open[0], cursor[1] - open[1]);
  if (length === 0) return;
  context.fillStyle = text;
  context.font = '600 12px system-ui, sans-serif';
  context.textAlign = 'left';
  context.textBaseline = 'bottom';
  context.fillText(shortNumber(length), (from[0] + to[0]) / 2 + 8, (from[1] + to[1]) / 2 - 6);
}
