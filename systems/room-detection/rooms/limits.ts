/** Limits on the work of one plan, and a sample of its crossings that refuses a tangled plan at once. */
import type { State } from './cuts.ts';
import type { Edges } from './edges.ts';
import { PlanError } from './plan.ts';
import { turn } from './predicates.ts';

/** More pairs to look at than this are refused: some seconds of work. */
export const MAX_PAIRS = 3e8;

/** Pairs of edges to sample before all are compared; a plan with no crossing among the first is not tangled. */
const SAMPLE_PAIRS = 20_000;
const FIRST_PAIRS = 2000;

/** Refuses at once what has so many crossings that looking at each would be refused in the end. */
export function refuseTangles(state: State): void {
  const { edges } = state;
  const pairs = (edges.count * edges.count) / 2;
  // Twice what is allowed, since a sample is off by some.
  const maxPairs = 2 * MAX_PAIRS;
  if (pairs <= maxPairs) return;
  let crossing = 0;
  let last = 0;
  for (let i = 0; i < SAMPLE_PAIRS; i++) {
    if (i === FIRST_PAIRS && crossing === 0) return;
    // Two walks through the edges with steps that have nothing to do with each other or with the plan.
    const e = Math.floor(((i * 0.6180339887498949) % 1) * edges.count);
    const f = Math.floor(((i * 0.4142135623730951) % 1) * edges.count);
    if (!separates(state, e, f) || !separates(state, f, e)) continue;
    crossing++;
    last = e;
  }
  if ((crossing / SAMPLE_PAIRS) * pairs > maxPairs) refuseTooDense(edges, last, 'too many crossings');
}

/** Whether the line of edge e has the ends of edge f on different sides. */
function separates(state: State, e: number, f: number): boolean {
  const { x, y } = state;
  const { ends } = state.edges;
  const a = ends[2 * e] as number;
  const b = ends[2 * e + 1] as number;
  const p = turnAt(x, y, a, b, ends[2 * f] as number);
  const q = turnAt(x, y, a, b, ends[2 * f + 1] as number);
  return (p > 0 && q < 0) || (p < 0 && q > 0);
}

function turnAt(x: Float64Array, y: Float64Array, a: number, b: number, c: number): number {
  return turn(x[a] as number, y[a] as number, x[b] as number, y[b] as number, x[c] as number, y[c] as number);
}

export function refuseTooDense(edges: Edges, edge: number, why: string): never {
  const wall = edges.wall[edges.wallStart[edge] as number] as number;
  throw new PlanError('plan.too-dense', `walls[${wall}]`, `${why}; split the plan`, wall);
}
