/** What is refused because it would not end in reasonable time, and how that is told beforehand. */
import type { State } from './cuts.ts';
import type { Edges } from './edges.ts';
import { PlanError } from './plan.ts';
import { turn } from './predicates.ts';

/** More pairs to look at than this are refused: some seconds of work. */
export const MOST_LOOKS = 3e8;

/** Pairs of edges to try before looking at all. */
const SAMPLE = 20_000;

/** Refuses at once what has so many crossings that looking at each would be refused in the end. */
export function refuseTangles(state: State): void {
  const { edges, x, y } = state;
  const { count, ends } = edges;
  // With fewer edges than this, all pairs are few enough.
  if (count * count < MOST_LOOKS) return;
  let crossing = 0;
  let last = 0;
  for (let i = 0; i < SAMPLE; i++) {
    // Two walks through the edges with steps that have nothing to do with each other or with the plan.
    const e = Math.floor(((i * 0.6180339887498949) % 1) * count);
    const f = Math.floor(((i * 0.4142135623730951) % 1) * count);
    const [a, b, p, q] = [ends[2 * e], ends[2 * e + 1], ends[2 * f], ends[2 * f + 1]] as [
      number,
      number,
      number,
      number,
    ];
    const sides = (v: number, w: number, k: number, l: number): boolean =>
      turnAt(x, y, v, w, k) * turnAt(x, y, v, w, l) < 0;
    if (!sides(a, b, p, q) || !sides(p, q, a, b)) continue;
    crossing++;
    last = e;
  }
  // Twice what is allowed, since a sample is off by some.
  const expected = (crossing / SAMPLE) * ((count * count) / 2);
  if (crossing > 50 && expected > 2 * MOST_LOOKS) refuseTooDense(edges, last, 'too many crossings');
}

function turnAt(x: Float64Array, y: Float64Array, a: number, b: number, c: number): number {
  return turn(x[a] as number, y[a] as number, x[b] as number, y[b] as number, x[c] as number, y[c] as number);
}

export function refuseTooDense(edges: Edges, edge: number, why: string): never {
  const wall = edges.wall[edges.wallStart[edge] as number] as number;
  throw new PlanError('plan.too-dense', `walls[${wall}]`, `${why}; split the plan`, wall);
}
