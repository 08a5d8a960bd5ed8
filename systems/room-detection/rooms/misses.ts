/**
 * Decides whether a plan was drawn loosely, and how loosely. An end that meets nothing is a near miss, or it is
 * meant to be free (a door, a screen). Near misses show as a crowd close to zero: more ends miss by less than
 * some distance than by that distance up to three times it. Without such a crowd nothing is joined, so that an
 * exact drawing stays exact, down to its smallest detail.
 */
import { FloatList } from './arrays.ts';
import { type Cells, cellAt } from './cells.ts';
import type { Edges } from './edges.ts';
import { turn } from './predicates.ts';
import { scratchFlags, scratchInts } from './scratch.ts';

export interface Looseness {
  /** Whether the plan shows a hand: its tiny faces are slivers, not rooms. */
  readonly byHand: boolean;
  /** Join ends up to this distance; 0 where the drawing is exact. */
  readonly tolerance: number;
  /** Carry loose ends on over gaps up to this width. */
  readonly bridge: number;
}

export interface Misses {
  /** Ascending distances from ends to the wall they stop short of. */
  readonly gaps: Float64Array;
  /** Ends that pass a wall by less than the probe. */
  readonly overshoots: number;
  /** Ends that meet nothing, near or far. */
  readonly free: number;
  /** Share of the ends that was looked at. */
  readonly share: number;
}

/** How far from an end to look for what it may have missed, in the plan's scale. */
export const PROBE = 1 / 8;
/** The largest distances considered as misses, in the plan's scale; a door is at least 1 / 6 of a room. */
const LEVELS: readonly number[] = [1 / 25, 1 / 50, 1 / 100, 1 / 200, 1 / 400, 1 / 800];
/** Joining reaches at least this far where a hand shows, */
const MIN_TOLERANCE = 1 / 400;
/** up to this where a few ends miss, and further where one end in `BY_HAND_SHARE` does. */
const MAX_TOLERANCE = 1 / 100;
const MAX_TOLERANCE_BY_HAND = 1 / 33;
const BY_HAND_SHARE = 5;
/** Two ends that each miss a corner by d are up to 2√2 d apart. */
const SPREAD = 3;

export function loosenessOf(misses: Misses, ends: number, scale: number): Looseness {
  const { gaps } = misses;
  for (const level of LEVELS) {
    const within = countUpTo(gaps, level * scale);
    const beyond = countUpTo(gaps, 3 * level * scale) - within;
    // Ends that miss by chance are spread evenly, and would give two beyond for each one within.
    if (within === 0 || within < 2 * beyond) continue;
    const usual = gaps[Math.floor(0.95 * (within - 1))] as number;
    const farthest = gaps[within - 1] as number;
    const maxTolerance =
      within * BY_HAND_SHARE >= ends * misses.share ? MAX_TOLERANCE_BY_HAND : MAX_TOLERANCE;
    return {
      byHand: true,
      tolerance: Math.max(MIN_TOLERANCE, Math.min((SPREAD * usual) / scale, maxTolerance)) * scale,
      bridge: 1.01 * farthest,
    };
  }
  // Of ends that are free by chance, one in five or six passes a wall by less than the probe.
  const byHand = misses.overshoots > 0 && 2 * (misses.overshoots + gaps.length) >= misses.free;
  return { byHand, tolerance: byHand ? MIN_TOLERANCE * scale : 0, bridge: 0 };
}

function countUpTo(ascending: Float64Array, limit: number): number {
  let count = 0;
  while (count < ascending.length && (ascending[count] as number) <= limit) count++;
  return count;
}

/** Whether any end meets no other end; if none is alone, nothing can be loose. */
export function freeEndDegrees(edges: Edges, vertices: number): Uint8Array | null {
  const degree = scratchFlags(vertices).fill(0);
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    degree[a] = Math.min(2, (degree[a] as number) + 1);
    degree[b] = Math.min(2, (degree[b] as number) + 1);
  }
  return degree.includes(1) ? degree : null;
}

/** What the free ends miss. `cells` lists the edges with at least the probe as reach. */
export function missesOf(
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  degree: Uint8Array,
  cells: Cells,
  reach: number,
  rounding: number,
): Misses {
  const only = onlyEdges(edges, degree);
  const gaps = new FloatList();
  const reachSquared = reach * reach;
  const roundingSquared = rounding * rounding;
  let overshoots = 0;
  let free = 0;
  const stride = strideFor(degree, cells, x, y);
  let passes = 0;
  let pairs = 0;
  // Each pass measures every `stride`-th end; where near misses are many, the first pass finds enough.
  while (passes < stride && gaps.length < MAX_SAMPLES && pairs < MAX_PAIRS) {
    for (let v = passes; v < degree.length; v += stride) {
      if (degree[v] !== 1) continue;
      const own = only[v] as number;
      const vx = x[v] as number;
      const vy = y[v] as number;
      const c = cellAt(cells, vx, vy);
      // Squares of distances; a wall further off than the reach does not count.
      let gap = reachSquared;
      let overshoot = reachSquared;
      const end = cells.start[c + 1] as number;
      pairs += end - (cells.start[c] as number);
      for (let i = cells.start[c] as number; i < end && gap > roundingSquared; i++) {
        const e = cells.edge[i] as number;
        if (e === own) continue;
        const d = squareTo(edges, x, y, e, vx, vy);
        if (d >= gap && d >= overshoot) continue;
        if (d > roundingSquared && edgesCross(edges, x, y, e, own)) overshoot = Math.min(overshoot, d);
        else gap = Math.min(gap, d);
      }
      if (gap <= roundingSquared) continue;
      free++;
      // An end that has passed a wall does not miss what it comes near to beyond it.
      if (overshoot < reachSquared) overshoots++;
      else if (gap < reachSquared) gaps.push(Math.sqrt(gap));
    }
    passes++;
  }
  return { gaps: gaps.data.slice(0, gaps.length).sort(), overshoots, free, share: passes / stride };
}

/** After this many near misses the search ends; the rest are taken to be like them. */
const MAX_SAMPLES = 50_000;
/** About the number of pairs of an end and an edge to measure. */
const MAX_PAIRS = 3e7;

function strideFor(degree: Uint8Array, cells: Cells, x: Float64Array, y: Float64Array): number {
  const step = (degree.length >> 16) + 1;
  let ends = 0;
  let pairs = 0;
  for (let v = 0; v < degree.length; v += step) {
    if (degree[v] !== 1) continue;
    const c = cellAt(cells, x[v] as number, y[v] as number);
    pairs += (cells.start[c + 1] as number) - (cells.start[c] as number);
    ends++;
  }
  return Math.ceil(Math.max((pairs * step) / MAX_PAIRS, (ends * step) / (4 * MAX_SAMPLES))) || 1;
}

/** The edge of each vertex that has one edge only. */
function onlyEdges(edges: Edges, degree: Uint8Array): Int32Array {
  const only = scratchInts(degree.length);
  for (let e = 0; e < edges.count; e++) {
    only[edges.ends[2 * e] as number] = e;
    only[edges.ends[2 * e + 1] as number] = e;
  }
  return only;
}

function squareTo(edges: Edges, x: Float64Array, y: Float64Array, e: number, px: number, py: number): number {
  const a = edges.ends[2 * e] as number;
  const b = edges.ends[2 * e + 1] as number;
  const dx = (x[b] as number) - (x[a] as number);
  const dy = (y[b] as number) - (y[a] as number);
  const ex = px - (x[a] as number);
  const ey = py - (y[a] as number);
  const t = Math.max(0, Math.min(1, (ex * dx + ey * dy) / (dx * dx + dy * dy)));
  return (ex - t * dx) * (ex - t * dx) + (ey - t * dy) * (ey - t * dy);
}

/** Whether two edges cross in their interiors. */
function edgesCross(edges: Edges, x: Float64Array, y: Float64Array, e: number, f: number): boolean {
  return separates(edges, x, y, e, f) && separates(edges, x, y, f, e);
}

/** Whether the line of edge e has the ends of edge f on different sides. */
function separates(edges: Edges, x: Float64Array, y: Float64Array, e: number, f: number): boolean {
  const a = edges.ends[2 * e] as number;
  const b = edges.ends[2 * e + 1] as number;
  const ax = x[a] as number;
  const ay = y[a] as number;
  const bx = x[b] as number;
  const by = y[b] as number;
  const p = edges.ends[2 * f] as number;
  const q = edges.ends[2 * f + 1] as number;
  const sideP = turn(ax, ay, bx, by, x[p] as number, y[p] as number);
  const sideQ = turn(ax, ay, bx, by, x[q] as number, y[q] as number);
  return (sideP > 0 && sideQ < 0) || (sideP < 0 && sideQ > 0);
}
