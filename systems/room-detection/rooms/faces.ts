/**
 * Walks around the faces of a noded arrangement. Half-edge 2e runs from the lower vertex of edge e to the
 * higher, 2e + 1 back; each has its face on its left. Dangling edges and bridges bound nothing and are left out.
 */
import type { Arrangement } from './noding.ts';
import { turn } from './predicates.ts';

export interface Faces {
  /** Cycle of each half-edge, -1 for edges that bound nothing. */
  readonly cycleOf: Int32Array;
  /** Next half-edge around the face. */
  readonly next: Int32Array;
  readonly cycles: number;
  /** One half-edge of each cycle: the first that starts in the cycle's lowest vertex number. */
  readonly first: Int32Array;
  /** Signed area of each cycle: positive around a room, negative around the outside of a component. */
  readonly area: Float64Array;
  readonly looseEdges: number;
}

export function facesOf(plan: Arrangement): Faces {
  const alive = new Uint8Array(plan.edges.count).fill(1);
  let loose = pruneDangling(plan, alive);
  let faces = trace(plan, alive);
  const bridges = pruneBridges(plan, alive, faces.cycleOf);
  if (bridges > 0) {
    loose += bridges;
    faces = trace(plan, alive);
  }
  return { ...faces, looseEdges: loose };
}

export function originOf(plan: Arrangement, half: number): number {
  const e = half >> 1;
  return (half & 1) === 0 ? (plan.edges.from[e] as number) : (plan.edges.to[e] as number);
}

function pruneDangling(plan: Arrangement, alive: Uint8Array): number {
  const { from, to, count } = plan.edges;
  const degree = new Int32Array(plan.vertices);
  // The xor of a vertex's edges is its only edge once its degree is one.
  const only = new Int32Array(plan.vertices);
  for (let e = 0; e < count; e++) {
    const a = from[e] as number;
    const b = to[e] as number;
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
      const other = from[e] === v ? (to[e] as number) : (from[e] as number);
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

function pruneBridges(plan: Arrangement, alive: Uint8Array, cycleOf: Int32Array): number {
  let bridges = 0;
  for (let e = 0; e < plan.edges.count; e++) {
    if (alive[e] === 1 && cycleOf[2 * e] === cycleOf[2 * e + 1]) {
      alive[e] = 0;
      bridges++;
    }
  }
  return bridges;
}

function trace(plan: Arrangement, alive: Uint8Array): Omit<Faces, 'looseEdges'> {
  const next = linkAround(plan, alive);
  const halves = 2 * plan.edges.count;
  const cycleOf = new Int32Array(halves).fill(-1);
  const first = new Int32Array(halves >> 1);
  const area = new Float64Array(halves >> 1);
  const { x, y } = plan;
  let cycles = 0;
  for (let h = 0; h < halves; h++) {
    if (cycleOf[h] !== -1 || alive[h >> 1] === 0) continue;
    const start = originOf(plan, h);
    const x0 = x[start] as number;
    const y0 = y[start] as number;
    let twice = 0;
    let size = 0;
    let px = 0;
    let py = 0;
    let g = h;
    do {
      cycleOf[g] = cycles;
      const v = originOf(plan, g);
      const qx = (x[v] as number) - x0;
      const qy = (y[v] as number) - y0;
      twice += px * qy - qx * py;
      size += Math.abs(px * qy) + Math.abs(qx * py);
      px = qx;
      py = qy;
      g = next[g] as number;
    } while (g !== h);
    if (Math.abs(twice) <= size * 1e-12) twice = exactSign(plan, next, h) * Math.abs(twice);
    first[cycles] = h;
    area[cycles] = twice / 2;
    cycles++;
  }
  return { cycleOf, next, cycles, first: first.slice(0, cycles), area: area.slice(0, cycles) };
}

/** The sense of a cycle whose area drowns in rounding: the turn at its leftmost corner, which is convex. */
function exactSign(plan: Arrangement, next: Int32Array, start: number): number {
  const { x, y } = plan;
  let before = start;
  let best = start;
  let g = start;
  do {
    const h = next[g] as number;
    const v = originOf(plan, h);
    const b = originOf(plan, best);
    const dx = (x[v] as number) - (x[b] as number);
    if (g === start || dx < 0 || (dx === 0 && (y[v] as number) < (y[b] as number))) {
      best = h;
      before = g;
    }
    g = h;
  } while (g !== start);
  const p = originOf(plan, before);
  const q = originOf(plan, best);
  const r = originOf(plan, next[best] as number);
  const sense = turn(
    x[p] as number,
    y[p] as number,
    x[q] as number,
    y[q] as number,
    x[r] as number,
    y[r] as number,
  );
  return sense < 0 ? -1 : 1;
}

/** For each half-edge, the one that follows it around the face on its left. */
function linkAround(plan: Arrangement, alive: Uint8Array): Int32Array {
  const { from, to, count } = plan.edges;
  const start = new Int32Array(plan.vertices + 1);
  for (let e = 0; e < count; e++) {
    if (alive[e] === 0) continue;
    const a = (from[e] as number) + 1;
    const b = (to[e] as number) + 1;
    start[a] = (start[a] as number) + 1;
    start[b] = (start[b] as number) + 1;
  }
  for (let v = 0; v < plan.vertices; v++) start[v + 1] = (start[v + 1] as number) + (start[v] as number);
  const out = new Int32Array(start[plan.vertices] as number);
  const at = start.slice();
  for (let e = 0; e < count; e++) {
    if (alive[e] === 0) continue;
    const a = from[e] as number;
    const b = to[e] as number;
    const i = at[a] as number;
    const j = at[b] as number;
    out[i] = 2 * e;
    out[j] = 2 * e + 1;
    at[a] = i + 1;
    at[b] = j + 1;
  }
  const next = new Int32Array(2 * count).fill(-1);
  for (let v = 0; v < plan.vertices; v++) {
    const low = start[v] as number;
    const high = start[v + 1] as number;
    if (high === low) continue;
    if (high - low > 2) sortAround(plan, out, low, high);
    // Counter-clockwise around v, half-edge g leaves just after h; coming in against g, one leaves by h.
    let h = out[high - 1] as number;
    for (let i = low; i < high; i++) {
      const g = out[i] as number;
      next[g ^ 1] = h;
      h = g;
    }
  }
  return next;
}

/** Sorts the half-edges that leave one vertex counter-clockwise, exactly. */
function sortAround(plan: Arrangement, out: Int32Array, low: number, high: number): void {
  const { x, y } = plan;
  const origin = originOf(plan, out[low] as number);
  const ox = x[origin] as number;
  const oy = y[origin] as number;
  const before = (g: number, h: number): number => {
    const a = originOf(plan, g ^ 1);
    const b = originOf(plan, h ^ 1);
    const ax = x[a] as number;
    const ay = y[a] as number;
    const bx = x[b] as number;
    const by = y[b] as number;
    const upperA = ay > oy || (ay === oy && ax > ox);
    const upperB = by > oy || (by === oy && bx > ox);
    if (upperA !== upperB) return upperA ? -1 : 1;
    return -turn(ox, oy, ax, ay, bx, by);
  };
  if (high - low > 12) {
    out.subarray(low, high).sort(before);
    return;
  }
  for (let i = low + 1; i < high; i++) {
    const h = out[i] as number;
    let j = i - 1;
    while (j >= low && before(out[j] as number, h) > 0) {
      out[j + 1] = out[j] as number;
      j--;
    }
    out[j + 1] = h;
  }
}
