/**
 * Makes the rooms of the result out of faces: rings, measures, walls, neighbours, ids. A ring's first
 * and last position are one, and so may be a room's centroid and label, which is why the result is read-only.
 */
import { grownInts } from './arrays.ts';
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

/** Makes rooms one by one, with the same scratch space; holds what the rooms of a plan share. */
export class Maker {
  /** The cycle of each room, in the order of their lowest edges, which follows from their place in the plan. */
  readonly cycles: Int32Array;
  private readonly source: RoomSource;
  private readonly roomOf: Int32Array;
  private names: readonly string[] | null = null;
  private scratch: Scratch | null = null;
  private last: Room | null = null;
  private lastMade = -1;

  constructor(source: RoomSource) {
    const { faces, spaces } = source;
    this.source = source;
    this.roomOf = new Int32Array(faces.cycles).fill(-1);
    const cycles = new Int32Array(faces.cycles);
    let count = 0;
    for (let c = 0; c < faces.cycles; c++) {
      if (spaces.kind[c] !== ROOM) continue;
      this.roomOf[c] = count;
      cycles[count++] = c;
    }
    this.cycles = cycles.slice(0, count);
  }

  /** Ids of all rooms: whether one is taken can only be told from all. */
  get ids(): readonly string[] {
    this.names ??= roomIds(this.source.plan, this.source.faces, this.cycles);
    return this.names;
  }

  area(room: number): number {
    return this.source.spaces.area[this.cycles[room] as number] as number;
  }

  perimeter(room: number): number {
    return this.source.spaces.perimeter[this.cycles[room] as number] as number;
  }

  confidence(room: number): number {
    return this.source.confidence[this.cycles[room] as number] as number;
  }

  /** Reading several fields of one room in a row makes it once. */
  make(room: number): Room {
    if (this.lastMade !== room || this.last === null) {
      this.last = this.makeAnew(room);
      this.lastMade = room;
    }
    return this.last;
  }

  private makeAnew(room: number): Room {
    const { spaces } = this.source;
    this.scratch ??= scratchFor(this.source, this.cycles.length);
    const cycle = this.cycles[room] as number;
    const from = spaces.heldStart[cycle] as number;
    const to = spaces.heldStart[cycle + 1] as number;
    const { scratch } = this;
    scratch.count = 0;
    const simple = this.walk(scratch, cycle);
    let outer: Ring;
    let holes = NO_HOLES;
    if (simple && to === from) {
      outer = this.draw(scratch, scratch.ring, scratch.count);
    } else {
      const rings = this.ringsOf(scratch, simple, 0);
      // A cycle that touches itself holds the outer ring, which turns left, and holes, which turn right.
      outer = rings.find((ring) => ringArea(ring) > 0) ?? (rings[0] as Ring);
      const inner = rings.filter((ring) => ring !== outer);
      for (let i = from; i < to; i++) {
        const start = scratch.count;
        const simpleHole = this.walk(scratch, spaces.held[i] as number);
        inner.push(...this.ringsOf(scratch, simpleHole, start));
      }
      holes = inner.sort(compareRings);
    }
    const mass = massOf(outer, holes);
    const box = boxOf(outer);
    const walls = this.wallsOf(scratch, room);
    const { bearing } = scratch;
    return {
      id: this.ids[room] as string,
      polygon: outer,
      holes,
      area: this.area(room),
      perimeter: this.perimeter(room),
      centroid: mass.centroid,
      label_point: mass.convex ? mass.centroid : labelPoint(outer, holes, mass.centroid, box),
      bbox: box,
      walls,
      load_bearing_walls: bearing === null ? NO_WALLS : walls.filter((w) => bearing[w] === 1),
      neighbours: this.neighboursOf(scratch, room),
      confidence: this.confidence(room),
    };
  }

  /** Appends the half-edges and vertices of a cycle; whether it passes no vertex twice. */
  private walk(scratch: Scratch, cycle: number): boolean {
    const { next, origin, first } = this.source.faces;
    const { vertexSeen } = scratch;
    let simple = true;
    let n = scratch.count;
    const start = first[cycle] as number;
    let h = start;
    do {
      const v = origin[h] as number;
      if (vertexSeen[v] === cycle) simple = false;
      vertexSeen[v] = cycle;
      if (n === scratch.ring.length) {
        scratch.ring = grownInts(scratch.ring, 2 * n);
        scratch.halves = grownInts(scratch.halves, 2 * n);
      }
      scratch.ring[n] = v;
      scratch.halves[n++] = h;
      h = next[h] as number;
    } while (h !== start);
    scratch.count = n;
    return simple;
  }

  /** The rings of the cycle that was walked last, from a place in the scratch space on. */
  private ringsOf(scratch: Scratch, simple: boolean, from: number): Ring[] {
    const walked = scratch.ring.slice(from, scratch.count);
    if (simple) return [this.draw(scratch, walked, walked.length)];
    return simpleRings(walked).map((ring) => this.draw(scratch, Int32Array.from(ring), ring.length));
  }

  /** A ring from its lowest corner, without corners that are exactly straight, closed. */
  private draw(scratch: Scratch, ring: Int32Array, n: number): Ring {
    const { plan } = this.source;
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
    const { corners } = scratch;
    // The lowest, leftmost corner is never straight, so it is kept and what follows can be compared with it.
    let before = ring[start] as number;
    const closing = this.position(before);
    corners[0] = closing;
    let count = 1;
    for (let i = 1; i < n; i++) {
      const at = start + i;
      const v = ring[at < n ? at : at - n] as number;
      const after = ring[at + 1 < n ? at + 1 : at + 1 - n] as number;
      if (turnOf(plan, before, v, after) === 0) continue;
      corners[count++] = this.position(v);
      before = v;
    }
    corners[count++] = closing;
    // A copy of exactly this length; a list grown by pushing would keep room for more.
    return corners.slice(0, count);
  }

  private position(v: number): Position {
    const { x, y } = this.source.plan;
    return [x[v] as number, y[v] as number];
  }

  private wallsOf(scratch: Scratch, room: number): readonly number[] {
    const { wallStart, wall } = this.source.plan.edges;
    const { wallSeen, numbers } = scratch;
    let count = 0;
    for (let k = 0; k < scratch.count; k++) {
      const e = (scratch.halves[k] as number) >> 1;
      const to = wallStart[e + 1] as number;
      for (let i = wallStart[e] as number; i < to; i++) {
        const w = wall[i] as number;
        // Bridges stand behind the walls in this numbering.
        if (w >= wallSeen.length || wallSeen[w] === room) continue;
        wallSeen[w] = room;
        numbers[count++] = w;
      }
    }
    sortNumbers(numbers, count);
    return numbers.slice(0, count);
  }

  private neighboursOf(scratch: Scratch, room: number): readonly string[] {
    const { faces, holder } = this.source;
    const { roomSeen, numbers, names } = scratch;
    const { ids } = this;
    let count = 0;
    for (let k = 0; k < scratch.count; k++) {
      const behind = faceAt(faces, holder, (scratch.halves[k] as number) ^ 1);
      const other = behind < 0 ? -1 : (this.roomOf[behind] as number);
      if (other < 0 || other === room || roomSeen[other] === room) continue;
      roomSeen[other] = room;
      numbers[count++] = other;
    }
    sortNumbers(numbers, count);
    for (let i = 0; i < count; i++) names[i] = ids[numbers[i] as number] as string;
    return names.slice(0, count);
  }
}

interface Scratch {
  /** Half-edges around the room and the vertices they start from. */
  halves: Int32Array;
  ring: Int32Array;
  count: number;
  readonly corners: Position[];
  readonly numbers: number[];
  readonly names: string[];
  readonly bearing: Uint8Array | null;
  /** Last cycle that passed each vertex; last room that saw each wall and each room. */
  readonly vertexSeen: Int32Array;
  readonly wallSeen: Int32Array;
  readonly roomSeen: Int32Array;
}

function scratchFor(source: RoomSource, rooms: number): Scratch {
  return {
    halves: new Int32Array(256),
    ring: new Int32Array(256),
    count: 0,
    corners: [],
    numbers: [],
    names: [],
    bearing: bearingWalls(source.walls),
    vertexSeen: new Int32Array(source.plan.vertices).fill(-1),
    wallSeen: new Int32Array(source.walls.length).fill(-1),
    roomSeen: new Int32Array(rooms).fill(-1),
  };
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

/** Sorts the first numbers of a list. */
function sortNumbers(list: number[], count: number): void {
  if (count > 24) {
    const sorted = list.slice(0, count).sort((a, b) => a - b);
    for (let i = 0; i < count; i++) list[i] = sorted[i] as number;
    return;
  }
  for (let i = 1; i < count; i++) {
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
function simpleRings(walk: Int32Array): number[][] {
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
