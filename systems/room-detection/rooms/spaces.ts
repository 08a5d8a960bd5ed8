/**
 * What each face is: a room, the inside of a thick wall drawn with its two faces, or a sliver between walls that
 * were meant to coincide. A face is measured by the rectangle of the same area and perimeter.
 */
import { sortKeyed } from './arrays.ts';
import type { Faces } from './faces.ts';
import type { Arrangement } from './noding.ts';
import { scratchFlags, scratchFloats, scratchInts } from './scratch.ts';

export const OUTSIDE = 0;
export const ROOM = 1;
export const THICK_WALL = 2;
export const SLIVER = 3;

export interface Spaces {
  /** One of the kinds above for each cycle; outsides of components are `OUTSIDE`. */
  readonly kind: Uint8Array;
  /** Area without what lies inside, and length of all borders, of each face. */
  readonly area: Float64Array;
  readonly perimeter: Float64Array;
  /** The short side of the rectangle of the same area and perimeter. */
  readonly breadth: Float64Array;
  /** The outsides that lie in face c: `held[heldStart[c]…heldStart[c + 1] - 1]`. */
  readonly heldStart: Int32Array;
  readonly held: Int32Array;
  /** Faces narrower than this are slivers. */
  readonly leastBreadth: number;
}

/** A wall is at most this share of the breadth of a usual room: 0.6 m beside rooms of 4 m; */
const THICKEST = 0.15;
/** more where one face runs around several rooms, which only walls do; */
const THICKEST_NET = 0.2;
/** less where only its place on the outside tells that it is one, */
const THICKEST_OUTER = 0.1;
/** or where it runs around one space, as a gallery around a court does too. */
const THICKEST_RING = 0.08;
/** A strip is at least this much longer than broad. */
const STRIP = 5;
/** A strip fills this much of the box around it; a wedge between crossing walls fills about half. */
const EVEN = 0.8;
/** Sine of the least angle of a bend. */
const BEND = 0.1;
/** Slivers: where a hand shows, and (far longer than broad) where none does; shares of the plan's scale. */
const SLIVER_BY_HAND = 1 / 100;
const SLIVER_EXACT = 1 / 200;
const SLIVER_LENGTH = 25;

export function spacesOf(
  plan: Arrangement,
  faces: Faces,
  holder: Int32Array,
  scale: number,
  byHand: boolean,
  thickWalls: boolean,
): Spaces {
  const { cycles } = faces;
  const kind = new Uint8Array(cycles);
  const area = new Float64Array(cycles);
  const perimeter = new Float64Array(cycles);
  area.set(faces.area);
  perimeter.set(faces.perimeter);
  const breadth = scratchFloats(cycles).fill(0);
  const leastBreadth = scale * (byHand ? SLIVER_BY_HAND : SLIVER_EXACT);
  const { heldStart, held } = heldBy(holder, cycles);
  for (let c = 0; c < cycles; c++) {
    if ((faces.area[c] as number) <= 0) continue;
    for (let i = heldStart[c] as number; i < (heldStart[c + 1] as number); i++) {
      const hole = held[i] as number;
      area[c] = (area[c] as number) + (faces.area[hole] as number);
      perimeter[c] = (perimeter[c] as number) + (faces.perimeter[hole] as number);
    }
    const short = shortSide(area[c] as number, perimeter[c] as number);
    breadth[c] = short;
    const sliver = short < leastBreadth && (byHand || (perimeter[c] as number) > 2 * SLIVER_LENGTH * short);
    kind[c] = sliver ? SLIVER : ROOM;
  }
  const spaces: Spaces = { kind, area, perimeter, breadth, heldStart, held, leastBreadth };
  if (thickWalls) markThickWalls(plan, faces, holder, spaces);
  return spaces;
}

function heldBy(holder: Int32Array, cycles: number): { heldStart: Int32Array; held: Int32Array } {
  const heldStart = new Int32Array(cycles + 1);
  for (let c = 0; c < cycles; c++) {
    const face = holder[c] as number;
    if (face >= 0 && face !== c) heldStart[face + 1] = (heldStart[face + 1] as number) + 1;
  }
  for (let c = 0; c < cycles; c++) heldStart[c + 1] = (heldStart[c + 1] as number) + (heldStart[c] as number);
  const held = new Int32Array(heldStart[cycles] as number);
  const at = scratchInts(cycles + 1);
  at.set(heldStart);
  for (let c = 0; c < cycles; c++) {
    const face = holder[c] as number;
    if (face < 0 || face === c) continue;
    const slot = at[face] as number;
    held[slot] = c;
    at[face] = slot + 1;
  }
  return { heldStart, held };
}

/** Of the rectangle with this area and perimeter; of a shape rounder than a square, the square's. */
function shortSide(area: number, perimeter: number): number {
  const root = (perimeter * perimeter) / 16 - area;
  return root <= 0 ? Math.sqrt(Math.max(0, area)) : area / (perimeter / 4 + Math.sqrt(root));
}

function isLong(spaces: Spaces, c: number): boolean {
  const short = spaces.breadth[c] as number;
  return (spaces.perimeter[c] as number) >= 2 * (STRIP + 1) * short;
}

/**
 * Marks strips as walls where the plan is drawn with double lines throughout (most borders of rooms lie on
 * strips), or where a strip runs along the outside. A narrow room in a plan of single lines stays a room.
 */
function markThickWalls(plan: Arrangement, faces: Faces, holder: Int32Array, spaces: Spaces): void {
  if (!spaces.kind.some((kind, c) => kind === ROOM && isLong(spaces, c))) return;
  const usual = usualBreadth(spaces);
  const strips: number[] = [];
  const isStrip = scratchFlags(spaces.kind.length).fill(0);
  for (let c = 0; c < spaces.kind.length; c++) {
    if (spaces.kind[c] !== ROOM) continue;
    const holes = holesOf(spaces, c);
    const limit = holes === 0 ? THICKEST : holes === 1 ? THICKEST_RING : THICKEST_NET;
    if ((spaces.breadth[c] as number) > usual * limit) continue;
    if (holes === 1 && holdsRing(faces, holder, spaces, c)) continue;
    if (isLong(spaces, c) && isEven(plan, faces, spaces, c)) {
      isStrip[c] = 1;
      strips.push(c);
    }
  }
  if (strips.length === 0) return;
  const borders = measureBorders(plan, faces, holder, spaces, isStrip);
  const throughout = borders.roomToStrip >= borders.alike;
  for (const c of strips) {
    const perimeter = spaces.perimeter[c] as number;
    const outer =
      (spaces.breadth[c] as number) <= THICKEST_OUTER * usual &&
      (borders.outside[c] as number) >= 0.4 * perimeter &&
      (borders.strips[c] as number) < 0.1 * perimeter;
    if (outer || (throughout && holesOf(spaces, c) !== 1)) spaces.kind[c] = THICK_WALL;
  }
  // Where walls drawn as crossing double lines meet, a small square is left between four strips.
  for (let c = 0; c < spaces.kind.length; c++) {
    if (spaces.kind[c] !== ROOM || (spaces.breadth[c] as number) > THICKEST_NET * usual) continue;
    if (isBetweenWalls(faces, holder, spaces, c)) spaces.kind[c] = THICK_WALL;
  }
}

function holesOf(spaces: Spaces, c: number): number {
  return (spaces.heldStart[c + 1] as number) - (spaces.heldStart[c] as number);
}

/** Whether in the hole of a face there lies another face with a hole: courts, then, not a wall. */
function holdsRing(faces: Faces, holder: Int32Array, spaces: Spaces, c: number): boolean {
  const start = faces.first[spaces.held[spaces.heldStart[c] as number] as number] as number;
  let h = start;
  do {
    const inside = faceAt(faces, holder, h ^ 1);
    if (inside >= 0 && holesOf(spaces, inside) > 0) return true;
    h = faces.next[h] as number;
  } while (h !== start);
  return false;
}

/**
 * The breadth that half of the rooms have, large rooms counting for more, by the root of their area. Long faces
 * are left out, since they may be walls themselves, unless there are no others.
 */
function usualBreadth(spaces: Spaces): number {
  const all: number[] = [];
  for (let c = 0; c < spaces.kind.length; c++) if (spaces.kind[c] === ROOM) all.push(c);
  const compact = all.filter((c) => !isLong(spaces, c));
  const order = Int32Array.from(compact.length > 0 ? compact : all);
  const keys = Float64Array.from(order, (c) => spaces.breadth[c] as number);
  sortKeyed(keys, order, 0, order.length);
  const weight = (c: number): number => Math.sqrt(spaces.area[c] as number);
  let half = 0;
  for (const c of order) half += weight(c) / 2;
  let sum = 0;
  for (let i = 0; i < order.length; i++) {
    sum += weight(order[i] as number);
    if (sum >= half) return keys[i] as number;
  }
  return 0;
}

/** Whether a strip is of even breadth. A face that is not convex has the bends of a wall; only wedges are. */
function isEven(plan: Arrangement, faces: Faces, spaces: Spaces, cycle: number): boolean {
  if (holesOf(spaces, cycle) > 0) return true;
  const { x, y } = plan;
  const { origin, next } = faces;
  const start = faces.first[cycle] as number;
  let ux = 0;
  let uy = 0;
  let longest = 0;
  let h = start;
  do {
    const a = origin[h] as number;
    const g = next[h] as number;
    const b = origin[g] as number;
    const c = origin[g ^ 1] as number;
    const dx = (x[b] as number) - (x[a] as number);
    const dy = (y[b] as number) - (y[a] as number);
    const ex = (x[c] as number) - (x[b] as number);
    const ey = (y[c] as number) - (y[b] as number);
    const length = Math.sqrt(dx * dx + dy * dy);
    if (dx * ey - dy * ex < -BEND * length * Math.sqrt(ex * ex + ey * ey)) return true;
    if (length > longest) {
      longest = length;
      ux = dx / length;
      uy = dy / length;
    }
    h = g;
  } while (h !== start);
  let lowU = Infinity;
  let highU = -Infinity;
  let lowW = Infinity;
  let highW = -Infinity;
  do {
    const v = origin[h] as number;
    const u = (x[v] as number) * ux + (y[v] as number) * uy;
    const w = (y[v] as number) * ux - (x[v] as number) * uy;
    lowU = Math.min(lowU, u);
    highU = Math.max(highU, u);
    lowW = Math.min(lowW, w);
    highW = Math.max(highW, w);
    h = next[h] as number;
  } while (h !== start);
  return (spaces.area[cycle] as number) >= EVEN * (highU - lowU) * (highW - lowW);
}

interface Borders {
  /** Length of borders between two rooms, or two strips: single lines. */
  readonly alike: number;
  readonly roomToStrip: number;
  /** Length of each face's border with the outside of the plan, and of each strip's with other strips. */
  readonly outside: Float64Array;
  readonly strips: Float64Array;
}

function measureBorders(
  plan: Arrangement,
  faces: Faces,
  holder: Int32Array,
  spaces: Spaces,
  isStrip: Uint8Array,
): Borders {
  const { x, y, edges } = plan;
  const outside = scratchFloats(spaces.kind.length).fill(0);
  const strips = scratchFloats(spaces.kind.length).fill(0);
  let alike = 0;
  let roomToStrip = 0;
  for (let e = 0; e < edges.count; e++) {
    const left = faceAt(faces, holder, 2 * e);
    const right = faceAt(faces, holder, 2 * e + 1);
    if (left === right) continue;
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    const length = Math.hypot((x[b] as number) - (x[a] as number), (y[b] as number) - (y[a] as number));
    if (left < 0 || right < 0) {
      const face = Math.max(left, right);
      outside[face] = (outside[face] as number) + length;
    } else if (isStrip[left] !== isStrip[right]) {
      roomToStrip += length;
    } else {
      alike += length;
      if (isStrip[left] === 1) {
        strips[left] = (strips[left] as number) + length;
        strips[right] = (strips[right] as number) + length;
      }
    }
  }
  return { alike, roomToStrip, outside, strips };
}

/** The face on the left of a half-edge, -1 for the outside of the plan. */
export function faceAt(faces: Pick<Faces, 'cycleOf'>, holder: Int32Array, half: number): number {
  const cycle = faces.cycleOf[half] as number;
  return cycle < 0 ? -1 : (holder[cycle] as number);
}

function isBetweenWalls(faces: Faces, holder: Int32Array, spaces: Spaces, c: number): boolean {
  const walls = new Set<number>();
  const start = faces.first[c] as number;
  let h = start;
  do {
    const behind = faceAt(faces, holder, h ^ 1);
    if (behind >= 0 && spaces.kind[behind] === ROOM) return false;
    if (behind >= 0 && spaces.kind[behind] === THICK_WALL) walls.add(behind);
    h = faces.next[h] as number;
  } while (h !== start);
  return walls.size >= 2;
}
