/**
 * Makes what is read of a room out of its face: rings, measures, walls, neighbours, id. A ring's first
 * and last position are one, and so may be a room's centroid and label, which is why the result is read-only.
 */
import { type Faces, turnOf } from './faces.ts';
import { roomIds } from './ids.ts';
import { labelPoint } from './label.ts';
import type { Arrangement } from './noding.ts';
import { boxOf, compareRings, type Mass, massOf, ringArea, simpleRings } from './rings.ts';
import { faceAt, ROOM, type Spaces } from './spaces.ts';
import type { Position, Ring, Room, Wall } from './types.ts';

const NO_HOLES: readonly Ring[] = Object.freeze([]);
const NO_WALLS: readonly number[] = Object.freeze([]);

export interface RoomSource {
  readonly plan: Arrangement;
  readonly faces: Pick<Faces, 'origin' | 'next' | 'cycleOf' | 'cycles' | 'first'>;
  readonly holder: Int32Array;
  readonly spaces: Pick<Spaces, 'kind' | 'area' | 'perimeter' | 'heldStart' | 'held'>;
  readonly confidence: Float64Array;
  readonly walls: readonly Wall[];
}

/** A room whose rings are drawn, and what was worked out from them since. */
interface Drawn {
  readonly room: number;
  readonly outer: Ring;
  readonly holes: readonly Ring[];
  mass: Mass | null;
}

/** Makes rooms one by one, with the same scratch space; holds what the rooms of a plan share. */
export class RoomBuilder {
  /** The cycle of each room, in the order of their lowest edges, which follows from their place in the plan. */
  readonly cycles: Int32Array;
  private readonly source: RoomSource;
  private names: readonly string[] | null = null;
  private drawn: Drawn | null = null;
  /** The room of each cycle, from 1 on. */
  private roomOf: Int32Array | null = null;
  private bearing: Uint8Array | null = null;
  /** Half-edges around the room that was drawn last and the vertices they start from. */
  private halves = new Int32Array(64);
  private ring = new Int32Array(64);
  private count = 0;
  private readonly corners: Position[] = [];
  private readonly numbers: number[] = [];
  /** 1 for what was met already in what is going on; 0 for all in between. */
  private readonly vertexSeen: Uint8Array;
  private wallSeen: Uint8Array | null = null;
  private roomSeen: Uint8Array | null = null;

  constructor(source: RoomSource, rooms: number) {
    const { faces, spaces } = source;
    this.source = source;
    this.cycles = new Int32Array(rooms);
    this.vertexSeen = new Uint8Array(source.plan.vertices);
    let count = 0;
    for (let c = 0; c < faces.cycles; c++) if (spaces.kind[c] === ROOM) this.cycles[count++] = c;
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

  /** Reading several fields of one room in a row draws it once. */
  draw(room: number): Drawn {
    if (this.drawn?.room !== room) this.drawn = this.drawAnew(room);
    return this.drawn;
  }

  mass(room: number): Mass {
    const drawn = this.draw(room);
    drawn.mass ??= massOf(drawn.outer, drawn.holes);
    return drawn.mass;
  }

  label(room: number): Position {
    const { outer, holes } = this.draw(room);
    const { convex, centroid } = this.mass(room);
    return convex ? centroid : labelPoint(outer, holes, centroid, boxOf(outer));
  }

  make(room: number): Room {
    const { outer, holes } = this.draw(room);
    const walls = this.walls(room);
    return {
      id: this.ids[room] as string,
      polygon: outer,
      holes,
      area: this.area(room),
      perimeter: this.perimeter(room),
      centroid: this.mass(room).centroid,
      label_point: this.label(room),
      bbox: boxOf(outer),
      walls,
      load_bearing_walls: this.bearingOf(walls),
      neighbours: this.neighbours(room),
      confidence: this.confidence(room),
    };
  }

  walls(room: number): readonly number[] {
    this.draw(room);
    const { wallStart, wall } = this.source.plan.edges;
    const { numbers } = this;
    this.wallSeen ??= new Uint8Array(this.source.walls.length);
    const { wallSeen } = this;
    let count = 0;
    for (let k = 0; k < this.count; k++) {
      const e = (this.halves[k] as number) >> 1;
      const to = wallStart[e + 1] as number;
      for (let i = wallStart[e] as number; i < to; i++) {
        const w = wall[i] as number;
        // Bridges stand behind the walls in this numbering.
        if (w >= wallSeen.length || wallSeen[w] === 1) continue;
        wallSeen[w] = 1;
        numbers[count++] = w;
      }
    }
    for (let i = 0; i < count; i++) wallSeen[numbers[i] as number] = 0;
    sortNumbers(numbers, count);
    return numbers.slice(0, count);
  }

  bearingOf(walls: readonly number[]): readonly number[] {
    this.bearing ??= bearingWalls(this.source.walls);
    const { bearing } = this;
    return bearing.length === 0 ? NO_WALLS : walls.filter((w) => bearing[w] === 1);
  }

  neighbours(room: number): readonly string[] {
    this.draw(room);
    const { faces, holder } = this.source;
    const { numbers, ids } = this;
    this.roomOf ??= this.roomsOfCycles();
    this.roomSeen ??= new Uint8Array(this.cycles.length);
    const { roomOf, roomSeen } = this;
    let count = 0;
    for (let k = 0; k < this.count; k++) {
      const behind = faceAt(faces, holder, (this.halves[k] as number) ^ 1);
      const other = behind < 0 ? -1 : (roomOf[behind] as number) - 1;
      if (other < 0 || other === room || roomSeen[other] === 1) continue;
      roomSeen[other] = 1;
      numbers[count++] = other;
    }
    sortNumbers(numbers, count);
    const names: string[] = [];
    for (let i = 0; i < count; i++) {
      const other = numbers[i] as number;
      roomSeen[other] = 0;
      names.push(ids[other] as string);
    }
    return names;
  }

  private roomsOfCycles(): Int32Array {
    const roomOf = new Int32Array(this.source.faces.cycles);
    for (let i = 0; i < this.cycles.length; i++) roomOf[this.cycles[i] as number] = i + 1;
    return roomOf;
  }

  private drawAnew(room: number): Drawn {
    const { heldStart, held } = this.source.spaces;
    const cycle = this.cycles[room] as number;
    const from = heldStart[cycle] as number;
    const to = heldStart[cycle + 1] as number;
    this.count = 0;
    const simple = this.walk(cycle);
    if (simple && to === from) {
      return { room, outer: this.ringOf(this.ring, this.count), holes: NO_HOLES, mass: null };
    }
    const rings = this.ringsOf(simple, 0);
    // A cycle that touches itself holds the outer ring, which turns left, and holes, which turn right.
    const outer = rings.find((ring) => ringArea(ring) > 0) ?? (rings[0] as Ring);
    const inner = rings.filter((ring) => ring !== outer);
    for (let i = from; i < to; i++) {
      const start = this.count;
      const simpleHole = this.walk(held[i] as number);
      inner.push(...this.ringsOf(simpleHole, start));
    }
    return { room, outer, holes: inner.sort(compareRings), mass: null };
  }

  /** Appends the half-edges and vertices of a cycle; whether it passes no vertex twice. */
  private walk(cycle: number): boolean {
    const { next, origin, first } = this.source.faces;
    const { vertexSeen } = this;
    const from = this.count;
    let { ring, halves } = this;
    let simple = true;
    let n = from;
    const start = first[cycle] as number;
    let h = start;
    do {
      const v = origin[h] as number;
      if (vertexSeen[v] === 1) simple = false;
      vertexSeen[v] = 1;
      if (n === ring.length) {
        ring = doubled(ring);
        halves = doubled(halves);
      }
      ring[n] = v;
      halves[n++] = h;
      h = next[h] as number;
    } while (h !== start);
    for (let i = from; i < n; i++) vertexSeen[ring[i] as number] = 0;
    this.ring = ring;
    this.halves = halves;
    this.count = n;
    return simple;
  }

  /** The rings of the cycle that was walked last, from a place in the scratch space on. */
  private ringsOf(simple: boolean, from: number): Ring[] {
    const walked = this.ring.slice(from, this.count);
    if (simple) return [this.ringOf(walked, walked.length)];
    return simpleRings(walked).map((ring) => this.ringOf(Int32Array.from(ring), ring.length));
  }

  /** A ring from its lowest corner, without corners that are exactly straight, closed. */
  private ringOf(ring: Int32Array, n: number): Ring {
    const { plan } = this.source;
    const { x, y } = plan;
    let start = 0;
    let lowX = x[ring[0] as number] as number;
    let lowY = y[ring[0] as number] as number;
    for (let i = 1; i < n; i++) {
      const vy = y[ring[i] as number] as number;
      if (vy > lowY) continue;
      const vx = x[ring[i] as number] as number;
      if (vy === lowY && vx >= lowX) continue;
      lowX = vx;
      lowY = vy;
      start = i;
    }
    const { corners } = this;
    // The lowest, leftmost corner is never straight, so it is kept and what follows can be compared with it.
    let before = ring[start] as number;
    const closing: Position = [lowX, lowY];
    corners[0] = closing;
    let count = 1;
    for (let i = 1; i < n; i++) {
      const at = start + i;
      const v = ring[at < n ? at : at - n] as number;
      const after = ring[at + 1 < n ? at + 1 : at + 1 - n] as number;
      if (turnOf(plan, before, v, after) === 0) continue;
      corners[count++] = [x[v] as number, y[v] as number];
      before = v;
    }
    corners[count++] = closing;
    // A copy of exactly this length; a list grown by pushing would keep room for more.
    return corners.slice(0, count);
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(2 * array.length);
  grown.set(array);
  return grown;
}

/** Marks the walls that bear loads; empty where none does. */
function bearingWalls(walls: readonly Wall[]): Uint8Array {
  let bearing = new Uint8Array(0);
  for (let i = 0; i < walls.length; i++) {
    if (walls[i]?.is_load_bearing !== true) continue;
    if (bearing.length === 0) bearing = new Uint8Array(walls.length);
    bearing[i] = 1;
  }
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
