/** Scores detected rooms against true ones by intersection over union. */
import type { Room } from '../../rooms/index.ts';
import type { Plan, Point, Truth } from './plan.ts';

export interface Score {
  readonly truth: number;
  readonly found: number;
  /** Rooms of the truth that a room was found for with an intersection over union of at least 0.9. */
  readonly right: number;
  /** Found rooms that are none of these. */
  readonly wrong: number;
}

export const LEAST_OVERLAP = 0.9;

interface Shape {
  readonly rings: Truth;
  readonly box: readonly [number, number, number, number];
}

export function scored(plan: Plan, rooms: readonly Room[]): Score {
  const truth = plan.rooms.map(shapeOf);
  const found = rooms.map((room) => shapeOf([room.polygon, ...room.holes]));
  const order = found.map((_, i) => i).sort((a, b) => minX(found, a) - minX(found, b));
  const used = new Uint8Array(found.length);
  let right = 0;
  let from = 0;
  const widest = Math.max(0, ...found.map((f) => f.box[2] - f.box[0]));
  for (const t of [...truth].sort((a, b) => a.box[0] - b.box[0])) {
    while (from < order.length && minX(found, order[from] as number) < t.box[0] - widest) from++;
    for (let i = from; i < order.length; i++) {
      const f = order[i] as number;
      if (minX(found, f) > t.box[2]) break;
      if (used[f] === 1 || overlap(t, found[f] as Shape) < LEAST_OVERLAP) continue;
      used[f] = 1;
      right++;
      break;
    }
  }
  return { truth: truth.length, found: found.length, right, wrong: found.length - right };
}

function minX(shapes: readonly Shape[], i: number): number {
  return (shapes[i] as Shape).box[0];
}

function shapeOf(rings: Truth): Shape {
  const points = rings.flat();
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  return { rings, box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] };
}

/** Intersection over union of two shapes. */
export function overlap(a: Shape, b: Shape): number {
  const w = Math.min(a.box[2], b.box[2]) - Math.max(a.box[0], b.box[0]);
  const h = Math.min(a.box[3], b.box[3]) - Math.max(a.box[1], b.box[1]);
  if (w <= 0 || h <= 0) return 0;
  const heights = levels(a, b);
  let both = 0;
  let either = 0;
  for (let i = 1; i < heights.length; i++) {
    const y0 = heights[i - 1] as number;
    const y1 = heights[i] as number;
    // Between two levels all borders are straight and none cross, so the middle stands for the whole.
    const inA = stretches(a.rings, (y0 + y1) / 2);
    const inB = stretches(b.rings, (y0 + y1) / 2);
    const common = commonLength(inA, inB);
    both += (y1 - y0) * common;
    either += (y1 - y0) * (totalLength(inA) + totalLength(inB) - common);
  }
  return either > 0 ? both / either : 0;
}

type Side = readonly [Point, Point];

function sides(rings: Truth): Side[] {
  return rings.flatMap((ring) => ring.map((p, i): Side => [p, ring[(i + 1) % ring.length] as Point]));
}

/** Heights of all corners and of all crossings between the two borders. */
function levels(a: Shape, b: Shape): number[] {
  const found = [...a.rings.flat(), ...b.rings.flat()].map((p) => p[1]);
  const sidesB = sides(b.rings);
  for (const [p, q] of sides(a.rings)) {
    for (const [r, s] of sidesB) {
      const dx = q[0] - p[0];
      const dy = q[1] - p[1];
      const ex = s[0] - r[0];
      const ey = s[1] - r[1];
      const across = dx * ey - dy * ex;
      if (across === 0) continue;
      const t = ((r[0] - p[0]) * ey - (r[1] - p[1]) * ex) / across;
      if (t > 0 && t < 1) found.push(p[1] + t * dy);
    }
  }
  return found.sort((x, y) => x - y);
}

function stretches(rings: Truth, y: number): number[] {
  const crossings: number[] = [];
  for (const [[ax, ay], [bx, by]] of sides(rings)) {
    if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
  }
  return crossings.sort((p, q) => p - q);
}

function totalLength(list: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < list.length; i += 2) sum += (list[i] as number) - (list[i - 1] as number);
  return sum;
}

function commonLength(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 1; i < a.length; i += 2) {
    for (let k = 1; k < b.length; k += 2) {
      const from = Math.max(a[i - 1] as number, b[k - 1] as number);
      const to = Math.min(a[i] as number, b[k] as number);
      if (to > from) sum += to - from;
    }
  }
  return sum;
}
