/**
 * Decides whether a plan was drawn loosely, and how loosely. An end that meets nothing is a near miss, or it is
 * meant to be free (a door, a screen). Near misses show as a crowd close to zero: more ends miss by less than
 * some distance than by that distance up to three times it. Without such a crowd nothing is joined, so that an
 * exact drawing stays exact, down to its smallest detail.
 */
import { FloatList } from './arrays.ts';
import { type Cells, cellAt } from './cells.ts';
import type { Edges } from './edges.ts';
import { giveBack, takeFlags, takeInts } from './memory.ts';
import { turn } from './predicates.ts';

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
const LEAST_TOLERANCE = 1 / 400;
/** up to this where a few ends miss, and further where one end in `HAND` does. */
const MOST_TOLERANCE = 1 / 100;
const MOST_TOLERANCE_BY_HAND = 1 / 33;
const HAND = 5;
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
    const most = within * HAND >= ends * misses.share ? MOST_TOLERANCE_BY_HAND : MOST_TOLERANCE;
    return {
      byHand: true,
      tolerance: Math.max(LEAST_TOLERANCE, Math.min((SPREAD * usual) / scale, most)) * scale,
      bridge: 1.01 * farthest,
    };
  }
  // Of ends that are free by chance, one in five or six passes a wall by less than the probe.
  const byHand = misses.overshoots > 0 && 2 * (misses.overshoots + gaps.length) >= misses.free;
  return { byHand, tolerance: byHand ? LEAST_TOLERANCE * scale : 0, bridge: 0 };
}

function countUpTo(ascending: Float64Array, limit: number): number {
  let count = 0;
  while (count < ascending.length && (ascending[count] as number) <= limit) count++;
  return count;
}

/** Whether any end meets no other end; if none is alone, nothing can be loose. */
export function lonelyEnds(edges: Edges, vertices: number): Uint8Array | null {
  const degree = takeFlags(vertices).fill(0);
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    degree[a] = Math.min(2, (degree[a] as number) + 1);
    degree[b] = Math.min(2, (degree[b] as number) + 1);
  }
  return degree.includes(1) ? degree : null;
}

/** What the lonely ends miss. `cells` lists the edges with at least the probe as reach. */
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
  const most = reach * reach;
  const least = rounding * rounding;
  let overshoots = 0;
  let free = 0;
  const stride = strideFor(degree, cells, x, y);
  let passes = 0;
  let looks = 0;
  // The ends are looked at in turns, every so many of them, of which the first will do where misses are many.
  while (passes < stride && gaps.length < ENOUGH && looks < MOST_LOOKS) {
    for (let v = passes; v < degree.length; v += stride) {
      if (degree[v] !== 1) continue;
      const own = only[v] as number;
      const vx = x[v] as number;
      const vy = y[v] as number;
      const c = cellAt(cells, vx, vy);
      // Squares of distances; a wall further off than the reach does not count.
      let gap = most;
      let overshoot = most;
      const end = cells.start[c + 1] as number;
      looks += end - (cells.start[c] as number);
      for (let i = cells.start[c] as number; i < end && gap > least; i++) {
        const e = cells.edge[i] as number;
        if (e === own) continue;
        const d = squareTo(edges, x, y, e, vx, vy);
        if (d >= gap && d >= overshoot) continue;
        if (d > least && cross(edges, x, y, e, own)) overshoot = Math.min(overshoot, d);
        else gap = Math.min(gap, d);
      }
      if (gap <= least) continue;
      free++;
      // An end that has passed a wall does not miss what it comes near to beyond it.
      if (overshoot < most) overshoots++;
      else if (gap < most) gaps.push(Math.sqrt(gap));
    }
    passes++;
  }
  giveBack(only);
  return { gaps: gaps.data.slice(0, gaps.length).sort(), overshoots, free, share: passes / stride };
}

/** So many misses tell what the others are like. */
const ENOUGH = 50_000;
/** So many pairs of an end and an edge are looked at, about. */
const MOST_LOOKS = 3e7;

function strideFor(degree: Uint8Array, cells: Cells, x: Float64Array, y: Float64Array): number {
  const step = (degree.length >> 16) + 1;
  let ends = 0;
  let looks = 0;
  for (let v = 0; v < degree.length; v += step) {
    if (degree[v] !== 1) continue;
    const c = cellAt(cells, x[v] as number, y[v] as number);
    looks += (cells.start[c + 1] as number) - (cells.start[c] as number);
    ends++;
  }
  return Math.ceil(Math.max((looks * step) / MOST_LOOKS, (ends * step) / (4 * ENOUGH))) || 1;
}

/** The edge of each vertex that has one edge only. */
function onlyEdges(edges: Edges, degree: Uint8Array): Int32Array {
  const only = takeInts(degree.length);
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
function cross(edges: Edges, x: Float64Array, y: Float64Array, e: number, f: number): boolean {
  return parts(edges, x, y, e, f) && parts(edges, x, y, f, e);
}

/** Whether the line of edge e has the ends of edge f on different sides. */
function parts(edges: Edges, x: Float64Array, y: Float64Array, e: number, f: number): boolean {
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
