/**
 * Walks around the faces of a noded arrangement. Half-edge 2e runs from the lower vertex of edge e to the
 * higher, 2e + 1 back; each has its face on its left. Dangling edges and bridges bound nothing and are left out.
 */

import type { Arrangement } from './noding.ts';
import { turn } from './predicates.ts';
import { scratchFlags, scratchFloats, scratchInts } from './scratch.ts';

export interface Faces {
  /** Vertex from which each half-edge starts. */
  readonly origin: Int32Array;
  /** Cycle of each half-edge, -1 for edges that bound nothing. */
  readonly cycleOf: Int32Array;
  /** Next half-edge around the face. */
  readonly next: Int32Array;
  readonly cycles: number;
  /** The lowest half-edge of each cycle. */
  readonly first: Int32Array;
  /** Signed area of each cycle: positive around a face, negative around the outside of a component. */
  readonly area: Float64Array;
  readonly perimeter: Float64Array;
  readonly looseEdges: number;
  /** Vertices on the borders of faces. */
  readonly boundingVertices: number;
}

export function facesOf(plan: Arrangement): Faces {
  const { count, ends: origin } = plan.edges;
  const alive = scratchFlags(count).fill(1);
  const dangling = pruneDangling(plan, alive);
  const next = new Int32Array(2 * count);
  const cycleOf = new Int32Array(2 * count);
  let faces = trace(plan, origin, alive, next, cycleOf);
  const bridges = pruneBridges(count, alive, cycleOf);
  if (bridges > 0) faces = trace(plan, origin, alive, next, cycleOf);
  return { ...faces, origin, next, cycleOf, looseEdges: dangling + bridges };
}

function pruneDangling(plan: Arrangement, alive: Uint8Array): number {
  const { ends, count } = plan.edges;
  const degree = scratchInts(plan.vertices).fill(0);
  // The xor of a vertex's edges is its only edge once its degree is one.
  const only = scratchInts(plan.vertices).fill(0);
  for (let e = 0; e < count; e++) {
    const a = ends[2 * e] as number;
    const b = ends[2 * e + 1] as number;
    degree[a] = (degree[a] as number) + 1;
    degree[b] = (degree[b] as number) + 1;
    only[a] = (only[a] as number) ^ e;
    only[b] = (only[b] as number) ^ e;
  }
  let loose = 0;
  for (let start = 0; start < plan.vertices; start++) {
    let v = start;
    while (degree[v] === 1) {
      const e = only[v] as number;
      const other = (ends[2 * e] === v ? ends[2 * e + 1] : ends[2 * e]) as number;
      alive[e] = 0;
      loose++;
      degree[v] = 0;
      degree[other] = (degree[other] as number) - 1;
      only[other] = (only[other] as number) ^ e;
      v = other;
    }
  }
  return loose;
}

/** An edge with the same cycle on both sides parts nothing from nothing. */
function pruneBridges(edges: number, alive: Uint8Array, cycleOf: Int32Array): number {
  let bridges = 0;
  for (let e = 0; e < edges; e++) {
    if (alive[e] === 1 && cycleOf[2 * e] === cycleOf[2 * e + 1]) {
      alive[e] = 0;
      bridges++;
    }
  }
  return bridges;
}

function trace(
  plan: Arrangement,
  origin: Int32Array,
  alive: Uint8Array,
  next: Int32Array,
  cycleOf: Int32Array,
): Pick<Faces, 'cycles' | 'first' | 'area' | 'perimeter' | 'boundingVertices'> {
  const { x, y } = plan;
  const halves = origin.length;
  const boundingVertices = linkAround(plan, origin, alive, next);
  cycleOf.fill(-1);
  const first = scratchInts((halves >> 1) + 1);
  const area = scratchFloats((halves >> 1) + 1);
  const perimeter = scratchFloats((halves >> 1) + 1);
  let cycles = 0;
  for (let h = 0; h < halves; h++) {
    if (cycleOf[h] !== -1 || alive[h >> 1] === 0) continue;
    const start = origin[h] as number;
    const x0 = x[start] as number;
    const y0 = y[start] as number;
    let twice = 0;
    let size = 0;
    let length = 0;
    let px = 0;
    let py = 0;
    let g = h;
    do {
      cycleOf[g] = cycles;
      g = next[g] as number;
      const v = origin[g] as number;
      const qx = (x[v] as number) - x0;
      const qy = (y[v] as number) - y0;
      const left = px * qy;
      const right = qx * py;
      twice += left - right;
      size += Math.abs(left) + Math.abs(right);
      length += Math.sqrt((qx - px) * (qx - px) + (qy - py) * (qy - py));
      px = qx;
      py = qy;
    } while (g !== h);
    if (Math.abs(twice) <= size * 1e-12) twice = exactSign(plan, origin, next, h) * Math.abs(twice);
    first[cycles] = h;
    area[cycles] = twice / 2;
    perimeter[cycles] = length;
    cycles++;
  }
  const found = {
    boundingVertices,
    cycles,
    first: new Int32Array(cycles),
    area: new Float64Array(cycles),
    perimeter: new Float64Array(cycles),
  };
  found.first.set(first.subarray(0, cycles));
  found.area.set(area.subarray(0, cycles));
  found.perimeter.set(perimeter.subarray(0, cycles));
  return found;
}

/** The sense of a cycle whose area drowns in rounding: the turn at its leftmost corner, which is convex. */
function exactSign(plan: Arrangement, origin: Int32Array, next: Int32Array, start: number): number {
  const { x, y } = plan;
  let before = start;
  let best = next[start] as number;
  for (let g = best; g !== start; g = next[g] as number) {
    const h = next[g] as number;
    const v = origin[h] as number;
    const b = origin[best] as number;
    const dx = (x[v] as number) - (x[b] as number);
    if (dx < 0 || (dx === 0 && (y[v] as number) < (y[b] as number))) {
      best = h;
      before = g;
    }
  }
  const sense = turnOf(
    plan,
    origin[before] as number,
    origin[best] as number,
    origin[next[best] as number] as number,
  );
  return sense < 0 ? -1 : 1;
}

/** The exact turn at vertices a → b → c. */
export function turnOf(plan: Arrangement, a: number, b: number, c: number): number {
  const { x, y } = plan;
  return turn(x[a] as number, y[a] as number, x[b] as number, y[b] as number, x[c] as number, y[c] as number);
}

/** Finds for each half-edge the one that follows it around the face on its left; counts the vertices passed. */
function linkAround(plan: Arrangement, origin: Int32Array, alive: Uint8Array, next: Int32Array): number {
  const { vertices } = plan;
  const halves = origin.length;
  const start = scratchInts(vertices + 1).fill(0);
  for (let h = 0; h < halves; h++) {
    if (alive[h >> 1] === 0) continue;
    const slot = (origin[h] as number) + 1;
    start[slot] = (start[slot] as number) + 1;
  }
  for (let v = 0; v < vertices; v++) start[v + 1] = (start[v + 1] as number) + (start[v] as number);
  const out = scratchInts(start[vertices] as number);
  const at = scratchInts(vertices + 1);
  at.set(start);
  for (let h = 0; h < halves; h++) {
    if (alive[h >> 1] === 0) continue;
    const v = origin[h] as number;
    const slot = at[v] as number;
    out[slot] = h;
    at[v] = slot + 1;
  }
  let boundingVertices = 0;
  for (let v = 0; v < vertices; v++) {
    const low = start[v] as number;
    const high = start[v + 1] as number;
    if (high === low) continue;
    boundingVertices++;
    if (high - low > 2) sortAround(plan, origin, out, v, low, high);
    // Counter-clockwise around v, half-edge g leaves just after h; coming in against g, one leaves by h.
    let h = out[high - 1] as number;
    for (let i = low; i < high; i++) {
      const g = out[i] as number;
      next[g ^ 1] = h;
      h = g;
    }
  }
  return boundingVertices;
}

/** Sorts the half-edges that leave vertex v counter-clockwise, exactly. */
function sortAround(
  plan: Arrangement,
  origin: Int32Array,
  out: Int32Array,
  v: number,
  low: number,
  high: number,
): void {
  if (high - low > 24) {
    out
      .subarray(low, high)
      .sort((g, h) => (isAfter(plan, v, origin[g ^ 1] as number, origin[h ^ 1] as number) ? 1 : -1));
    return;
  }
  for (let i = low + 1; i < high; i++) {
    const h = out[i] as number;
    const to = origin[h ^ 1] as number;
    let j = i - 1;
    while (j >= low && isAfter(plan, v, origin[(out[j] as number) ^ 1] as number, to)) {
      out[j + 1] = out[j] as number;
      j--;
    }
    out[j + 1] = h;
  }
}

/** Whether direction v → a comes after v → b, counting counter-clockwise from east. */
function isAfter(plan: Arrangement, v: number, a: number, b: number): boolean {
  const { x, y } = plan;
  const ox = x[v] as number;
  const oy = y[v] as number;
  const ax = x[a] as number;
  const ay = y[a] as number;
  const bx = x[b] as number;
  const by = y[b] as number;
  const upperA = ay > oy || (ay === oy && ax > ox);
  const upperB = by > oy || (by === oy && bx > ox);
  if (upperA !== upperB) return upperB;
  return turn(ox, oy, ax, ay, bx, by) < 0;
}
