/**
 * The rings of a face. A face that touches itself in a point is walked as one cycle; here it is taken apart
 * into simple rings, of which the one that turns left is the outer ring and the others are holes.
 */
import { type Faces, originOf } from './faces.ts';
import type { Arrangement } from './noding.ts';
import { turn } from './predicates.ts';
import type { Position, Ring } from './types.ts';

/** Vertex numbers of each simple ring of a cycle. */
export function simpleRings(plan: Arrangement, faces: Faces, cycle: number): number[][] {
  const walk: number[] = [];
  const start = faces.first[cycle] as number;
  let h = start;
  do {
    walk.push(originOf(plan, h));
    h = faces.next[h] as number;
  } while (h !== start);
  if (new Set(walk).size === walk.length) return [walk];
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

/** Twice the signed area, relative to the ring's first corner. */
export function signedArea(plan: Arrangement, ring: readonly number[]): number {
  const { x, y } = plan;
  const first = ring[0] as number;
  const x0 = x[first] as number;
  const y0 = y[first] as number;
  let twice = 0;
  let px = 0;
  let py = 0;
  for (const v of ring) {
    const qx = (x[v] as number) - x0;
    const qy = (y[v] as number) - y0;
    twice += px * qy - qx * py;
    px = qx;
    py = qy;
  }
  return twice / 2;
}

/** The ring as positions: from its lowest corner, without corners that are exactly straight, closed. */
export function drawnRing(plan: Arrangement, ring: readonly number[]): Ring {
  const { x, y } = plan;
  const n = ring.length;
  let start = 0;
  for (let i = 1; i < n; i++) {
    const v = ring[i] as number;
    const best = ring[start] as number;
    const dy = (y[v] as number) - (y[best] as number);
    if (dy < 0 || (dy === 0 && (x[v] as number) < (x[best] as number))) start = i;
  }
  const drawn: Ring = [];
  // The lowest, leftmost corner is a true corner, so it is always kept and the comparison can start there.
  let before = ring[start] as number;
  drawn.push([x[before] as number, y[before] as number]);
  for (let i = 1; i < n; i++) {
    const v = ring[(start + i) % n] as number;
    const after = ring[(start + i + 1) % n] as number;
    const vx = x[v] as number;
    const vy = y[v] as number;
    const sense = turn(
      x[before] as number,
      y[before] as number,
      vx,
      vy,
      x[after] as number,
      y[after] as number,
    );
    if (sense === 0) continue;
    drawn.push([vx, vy]);
    before = v;
  }
  const [fx, fy] = drawn[0] as Position;
  drawn.push([fx, fy]);
  return drawn;
}
