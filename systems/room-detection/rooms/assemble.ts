/**
 * Makes the rooms of the result out of faces: rings, measures, walls, neighbours, ids. Positions are shared
 * between the rooms that meet in a corner, which is why the result is read-only.
 */
import { type Faces, turnOf } from './faces.ts';
import { roomIds } from './ids.ts';
import { labelPoint } from './label.ts';
import type { Arrangement } from './noding.ts';
import { faceAt, ROOM, type Spaces } from './spaces.ts';
import type { Box, Position, Ring, Room, Wall } from './types.ts';

const NO_HOLES: readonly Ring[] = Object.freeze([]);
const NO_WALLS: readonly number[] = Object.freeze([]);

export interface RoomSource {
  readonly plan: Arrangement;
  readonly faces: Faces;
  readonly holder: Int32Array;
  readonly spaces: Spaces;
  readonly confidence: Float64Array;
  readonly walls: readonly Wall[];
}

/** The rooms, in the order of their lowest edges, which follows from their place in the plan. */
export function assembleRooms(source: RoomSource): Room[] {
  const { faces, spaces } = source;
  const cycles: number[] = [];
  const roomOf = new Int32Array(faces.cycles).fill(-1);
  for (let c = 0; c < faces.cycles; c++) {
    if (spaces.kind[c] !== ROOM) continue;
    roomOf[c] = cycles.length;
    cycles.push(c);
  }
  const ids = roomIds(source.plan, faces, cycles);
  const maker = new Maker(source, roomOf, ids);
  return cycles.map((cycle, room) => maker.make(cycle, room));
}

/** Makes room after room with the same scratch space. */
class Maker {
  private readonly source: RoomSource;
  private readonly roomOf: Int32Array;
  private readonly ids: readonly string[];
  private readonly positions: (Position | undefined)[];
  private readonly bearing: Uint8Array | null;
  /** Last room that saw each vertex, wall and room. */
  private readonly vertexSeen: Int32Array;
  private readonly wallSeen: Int32Array;
  private readonly roomSeen: Int32Array;
  private readonly ring: number[] = [];
  private readonly corners: Position[] = [];
  private readonly found: number[] = [];
  private readonly names: string[] = [];

  constructor(source: RoomSource, roomOf: Int32Array, ids: readonly string[]) {
    this.source = source;
    this.roomOf = roomOf;
    this.ids = ids;
    this.positions = new Array<Position | undefined>(source.plan.vertices).fill(undefined);
    this.bearing = bearingWalls(source.walls);
    this.vertexSeen = new Int32Array(source.plan.vertices).fill(-1);
    this.wallSeen = new Int32Array(source.walls.length).fill(-1);
    this.roomSeen = new Int32Array(ids.length).fill(-1);
  }

  make(cycle: number, room: number): Room {
    const { faces, spaces } = this.source;
    const rings = this.ringsOf(cycle);
    let outer = rings[0] as Ring;
    let holes = NO_HOLES;
    const from = spaces.heldStart[cycle] as number;
    const to = spaces.heldStart[cycle + 1] as number;
    if (rings.length > 1 || to > from) {
      // A cycle that touches itself holds the outer ring, which turns left, and holes, which turn right.
      outer = rings.find((ring) => ringArea(ring) > 0) ?? outer;
      const inner = rings.filter((ring) => ring !== outer);
      for (let i = from; i < to; i++) inner.push(...this.ringsOf(spaces.held[i] as number));
      holes = inner.sort(compareRings);
    }
    const mass = massOf(outer, holes);
    const box = boxOf(outer);
    const walls = this.wallsOf(cycle, room);
    return {
      id: this.ids[room] as string,
      polygon: outer,
      holes,
      area: spaces.area[cycle] as number,
      perimeter: spaces.perimeter[cycle] as number,
      centroid: mass.centroid,
      label_point: mass.convex ? mass.centroid : labelPoint(outer, holes, mass.centroid, box),
      bbox: box,
      walls,
      load_bearing_walls: this.bearingOf(walls),
      neighbours: this.neighboursOf(faces, cycle, room),
      confidence: this.source.confidence[cycle] as number,
    };
  }

  /** The simple rings of a cycle, drawn. */
  private ringsOf(cycle: number): Ring[] {
    const { next, origin, first } = this.source.faces;
    const seen = this.vertexSeen;
    const ring = this.ring;
    ring.length = 0;
    let touches = false;
    const start = first[cycle] as number;
    let h = start;
    do {
      const v = origin[h] as number;
      if (seen[v] === cycle) touches = true;
      seen[v] = cycle;
      ring.push(v);
      h = next[h] as number;
    } while (h !== start);
    if (!touches) return [this.draw(ring)];
    return simpleRings(ring).map((simple) => this.draw(simple));
  }

  /** A ring from its lowest corner, without corners that are exactly straight, closed. */
  private draw(ring: readonly number[]): Ring {
    const { plan } = this.source;
    const n = ring.length;
    let start = 0;
    let lowX = plan.x[ring[0] as number] as number;
    let lowY = plan.y[ring[0] as number] as number;
    for (let i = 1; i < n; i++) {
      const vy = plan.y[ring[i] as number] as number;
      if (vy > lowY) continue;
      const vx = plan.x[ring[i] as number] as number;
      if (vy === lowY && vx >= lowX) continue;
      lowX = vx;
      lowY = vy;
      start = i;
    }
    const corners = this.corners;
    corners.length = 0;
    // The lowest, leftmost corner is never straight, so it is kept and what follows can be compared with it.
    let before = ring[start] as number;
    const closing = this.position(before);
    corners.push(closing);
    for (let i = 1; i < n; i++) {
      const at = start + i;
      const v = ring[at < n ? at : at - n] as number;
      const after = ring[at + 1 < n ? at + 1 : at + 1 - n] as number;
      if (turnOf(plan, before, v, after) === 0) continue;
      corners.push(this.position(v));
      before = v;
    }
    corners.push(closing);
    // A copy of exactly this length; a list grown by pushing would keep room for more.
    return corners.slice(0, corners.length);
  }

  private position(v: number): Position {
    const { x, y } = this.source.plan;
    let position = this.positions[v];
    if (position === undefined) {
      position = [x[v] as number, y[v] as number];
      this.positions[v] = position;
    }
    return position;
  }

  /** Calls `visit` for each half-edge of a face, those of its holes included. */
  private around(cycle: number, visit: (half: number) => void): void {
    const { spaces, faces } = this.source;
    const from = spaces.heldStart[cycle] as number;
    const to = spaces.heldStart[cycle + 1] as number;
    for (let i = from - 1; i < to; i++) {
      const start = faces.first[i < from ? cycle : (spaces.held[i] as number)] as number;
      let h = start;
      do {
        visit(h);
        h = faces.next[h] as number;
      } while (h !== start);
    }
  }

  private wallsOf(cycle: number, room: number): readonly number[] {
    const { wallStart, wall } = this.source.plan.edges;
    const seen = this.wallSeen;
    const found = this.found;
    found.length = 0;
    let sorted = true;
    this.around(cycle, (h) => {
      const to = wallStart[(h >> 1) + 1] as number;
      for (let i = wallStart[h >> 1] as number; i < to; i++) {
        const w = wall[i] as number;
        // Bridges stand behind the walls in this numbering.
        if (w >= seen.length || seen[w] === room) continue;
        seen[w] = room;
        if (found.length > 0 && w < (found[found.length - 1] as number)) sorted = false;
        found.push(w);
      }
    });
    if (!sorted) sortNumbers(found);
    return found.slice(0, found.length);
  }

  private bearingOf(walls: readonly number[]): readonly number[] {
    const { bearing } = this;
    if (bearing === null) return NO_WALLS;
    return walls.filter((w) => bearing[w] === 1);
  }

  private neighboursOf(faces: Faces, cycle: number, room: number): readonly string[] {
    const seen = this.roomSeen;
    const found = this.found;
    found.length = 0;
    let sorted = true;
    this.around(cycle, (h) => {
      const behind = faceAt(faces, this.source.holder, h ^ 1);
      const other = behind < 0 ? -1 : (this.roomOf[behind] as number);
      if (other < 0 || other === room || seen[other] === room) return;
      seen[other] = room;
      if (found.length > 0 && other < (found[found.length - 1] as number)) sorted = false;
      found.push(other);
    });
    if (!sorted) sortNumbers(found);
    const names = this.names;
    names.length = 0;
    for (const other of found) names.push(this.ids[other] as string);
    return names.slice(0, names.length);
  }
}

function bearingWalls(walls: readonly Wall[]): Uint8Array | null {
  let bearing: Uint8Array | null = null;
  walls.forEach((wall, i) => {
    if (wall.is_load_bearing !== true) return;
    bearing ??= new Uint8Array(walls.length);
    bearing[i] = 1;
  });
  return bearing;
}

function sortNumbers(list: number[]): void {
  if (list.length > 24) {
    list.sort((a, b) => a - b);
    return;
  }
  for (let i = 1; i < list.length; i++) {
    const item = list[i] as number;
    let j = i - 1;
    while (j >= 0 && (list[j] as number) > item) {
      list[j + 1] = list[j] as number;
      j--;
    }
    list[j + 1] = item;
  }
}

/** Takes a walk that passes some vertices more than once apart into rings that do not. */
function simpleRings(walk: readonly number[]): number[][] {
  const rings: number[][] = [];
  const place = new Map<number, number>();
  const stack: number[] = [];
  for (const v of walk) {
    const seen = place.get(v);
    if (seen !== undefined) {
      const ring = stack.splice(seen);
      rings.push(ring);
      for (const w of ring) place.delete(w);
    }
    place.set(v, stack.length);
    stack.push(v);
  }
  rings.push(stack);
  return rings;
}

function ringArea(ring: Ring): number {
  const [x0, y0] = ring[0] as Position;
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const p = ring[i - 1] as Position;
    const q = ring[i] as Position;
    twice += (p[0] - x0) * (q[1] - y0) - (q[0] - x0) * (p[1] - y0);
  }
  return twice / 2;
}

function compareRings(a: Ring, b: Ring): number {
  const [ax, ay] = a[0] as Position;
  const [bx, by] = b[0] as Position;
  return ay - by || ax - bx || a.length - b.length;
}

/** Holes turn the other way, so their moments subtract by themselves. */
function massOf(outer: Ring, holes: readonly Ring[]): { centroid: Position; convex: boolean } {
  const [x0, y0] = outer[0] as Position;
  let twice = 0;
  let mx = 0;
  let my = 0;
  let convex = holes.length === 0;
  for (let r = -1; r < holes.length; r++) {
    const ring = r < 0 ? outer : (holes[r] as Ring);
    const last = ring.length - 1;
    for (let i = 1; i <= last; i++) {
      const p = ring[i - 1] as Position;
      const q = ring[i] as Position;
      const px = p[0] - x0;
      const py = p[1] - y0;
      const qx = q[0] - x0;
      const qy = q[1] - y0;
      const cross = px * qy - qx * py;
      twice += cross;
      mx += (px + qx) * cross;
      my += (py + qy) * cross;
      if (convex) {
        const s = ring[i === last ? 1 : i + 1] as Position;
        convex = (q[0] - p[0]) * (s[1] - q[1]) >= (q[1] - p[1]) * (s[0] - q[0]);
      }
    }
  }
  return { centroid: [x0 + mx / (3 * twice), y0 + my / (3 * twice)], convex };
}

function boxOf(ring: Ring): Box {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 1; i < ring.length; i++) {
    const p = ring[i] as Position;
    minX = Math.min(minX, p[0]);
    maxX = Math.max(maxX, p[0]);
    minY = Math.min(minY, p[1]);
    maxY = Math.max(maxY, p[1]);
  }
  return [minX, minY, maxX, maxY];
}
