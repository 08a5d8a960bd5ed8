/**
 * Carries loose wall ends on over gaps: to another loose end that faces them, to the wall ahead, or, over a
 * small gap, to whatever is nearest. Adds edges; never moves what was drawn.
 */
import { IntList } from './arrays.ts';
import { type Cells, slotOf } from './cells.ts';
import { type Edges, edgesOf } from './edges.ts';
import { gridOf } from './grid.ts';
import type { Arrangement, NodingInput } from './noding.ts';
import { scratchFlags, scratchFloats, scratchInts } from './scratch.ts';

export interface Bridged {
  readonly vertices: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Bridge k stands among the walls of an edge as wall `firstBridge + k`. */
  readonly edges: Edges;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly gap: Float64Array;
}

/** A gap this small, in the plan's scale, is closed in any direction; a wider one only straight ahead. */
const SMALL_GAP = 1 / 25;
/** What sticks out of a junction by less has passed a wall; the larger one holds where gaps are small. */
const STUB = 1 / 25;
const STUB_BY_SMALL_GAPS = 1 / 8;
/** Cosine of the widest angle at which two ends face each other: 25 degrees. */
const FACING = 0.906;
/** The same for two ends of what looks like one wall: 8 degrees. */
const STRAIGHT = 0.99;

/** More pairs of ends and edges than this are some seconds of work. */
const MAX_PAIRS = 2e8;

interface LooseEnd {
  readonly vertex: number;
  /** The vertex at the other end of its only edge. */
  readonly base: number;
  /** Direction in which the wall runs out. */
  readonly ux: number;
  readonly uy: number;
  /** So short that it is cut off, unless it turns out to be the stump of a wall beside a door. */
  readonly stub: boolean;
}

interface Landing {
  readonly distance: number;
  /** An existing vertex, or -1 for a new one at (x, y). */
  readonly vertex: number;
  readonly x: number;
  readonly y: number;
}

/** The plan with bridges, null where there is nothing to bridge, or word that looking would not end in time. */
export function bridgeGaps(
  plan: Arrangement,
  input: NodingInput,
  width: number,
  firstBridge: number,
): Bridged | null | 'too dense' {
  const stub = width <= input.scale * SMALL_GAP * 1.1 ? STUB_BY_SMALL_GAPS : STUB;
  const ends = looseEnds(plan, Math.max(input.tolerance, input.scale * stub));
  if (ends.size === 0) return null;
  const frame = { x: plan.x, y: plan.y, box: input.box };
  const cells = gridOf(plan.edges, frame, input.tolerance);
  if (looksFor(plan, cells, ends.values(), width) > MAX_PAIRS) return 'too dense';
  const seen = scratchFlags(plan.edges.count).fill(0);
  const near = new IntList();
  const small = Math.min(width, input.scale * SMALL_GAP);
  const from = new IntList();
  const to = new IntList();
  const gap: number[] = [];
  const extra: Landing[] = [];
  const done = new Set<string>();
  for (const end of ends.values()) {
    edgesAround(cells, plan.x[end.vertex] as number, plan.y[end.vertex] as number, width, seen, near);
    const landing = landingOf(plan, near, ends, end, width, small, input.tolerance);
    if (landing === null) continue;
    const target = landing.vertex >= 0 ? landing.vertex : plan.vertices + extra.length;
    const key = `${Math.min(end.vertex, target)} ${Math.max(end.vertex, target)}`;
    if (done.has(key)) continue;
    done.add(key);
    if (landing.vertex < 0) extra.push(landing);
    from.push(end.vertex);
    to.push(target);
    gap.push(landing.distance);
  }
  if (gap.length === 0) return null;
  const vertices = plan.vertices + extra.length;
  const x = scratchFloats(vertices);
  const y = scratchFloats(vertices);
  x.set(plan.x.subarray(0, plan.vertices));
  y.set(plan.y.subarray(0, plan.vertices));
  extra.forEach((landing, i) => {
    x[plan.vertices + i] = landing.x;
    y[plan.vertices + i] = landing.y;
  });
  return {
    vertices,
    x,
    y,
    edges: withBridges(plan.edges, from, to, vertices, firstBridge),
    from: from.data.slice(0, from.length),
    to: to.data.slice(0, to.length),
    gap: Float64Array.from(gap),
  };
}

function looseEnds(plan: Arrangement, stub: number): Map<number, LooseEnd> {
  const { edges, x, y } = plan;
  const degree = scratchInts(plan.vertices).fill(0);
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    degree[a] = (degree[a] as number) + 1;
    degree[b] = (degree[b] as number) + 1;
  }
  const ends = new Map<number, LooseEnd>();
  const add = (vertex: number, base: number): void => {
    const dx = (x[vertex] as number) - (x[base] as number);
    const dy = (y[vertex] as number) - (y[base] as number);
    const length = Math.hypot(dx, dy);
    const short = length <= stub && (degree[base] as number) > 2;
    ends.set(vertex, { vertex, base, ux: dx / length, uy: dy / length, stub: short });
  };
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    if (degree[a] === 1) add(a, b);
    if (degree[b] === 1) add(b, a);
  }
  return ends;
}

function landingOf(
  plan: Arrangement,
  near: IntList,
  ends: ReadonlyMap<number, LooseEnd>,
  end: LooseEnd,
  width: number,
  small: number,
  tolerance: number,
): Landing | null {
  const px = plan.x[end.vertex] as number;
  const py = plan.y[end.vertex] as number;
  // Assigned in `offer`, which the compiler does not follow: without `as` it takes it for always null.
  let best = null as Landing | null;
  // The other end of what looks like one wall with a gap in it.
  let opposite: Landing | null = null;
  const offer = (distance: number, vertex: number, x: number, y: number): void => {
    if (distance > width || (best !== null && distance >= best.distance)) return;
    best = { distance, vertex, x, y };
  };
  for (let i = 0; i < near.length; i++) {
    const e = near.data[i] as number;
    const a = plan.edges.ends[2 * e] as number;
    const b = plan.edges.ends[2 * e + 1] as number;
    if (a === end.vertex || b === end.vertex) continue;
    for (const v of [a, b]) {
      const other = ends.get(v);
      if (other === undefined || v === end.base) continue;
      const dx = (plan.x[v] as number) - px;
      const dy = (plan.y[v] as number) - py;
      const d = Math.hypot(dx, dy);
      const ahead = (dx * end.ux + dy * end.uy) / d;
      const back = -(dx * other.ux + dy * other.uy) / d;
      const straight = ahead >= STRAIGHT && back >= STRAIGHT;
      if (straight && d <= width && d < (opposite?.distance ?? Infinity)) {
        opposite = { distance: d, vertex: v, x: 0, y: 0 };
      }
      if (end.stub ? straight && other.stub && width > small : d <= small && !other.stub) offer(d, v, 0, 0);
      else if (!end.stub && ahead >= FACING && back >= FACING) offer(d, v, 0, 0);
    }
    if (end.stub) continue;
    const hit = hitAhead(plan, a, b, px, py, end) ?? nearest(plan, a, b, px, py, small);
    if (hit === null) continue;
    const [x, y, d] = hit;
    const atA = Math.hypot((plan.x[a] as number) - x, (plan.y[a] as number) - y) <= tolerance;
    const atB = Math.hypot((plan.x[b] as number) - x, (plan.y[b] as number) - y) <= tolerance;
    const vertex = atA ? a : atB ? b : -1;
    if (vertex !== end.base) offer(d, vertex, x, y);
  }
  // A wall that ends in the gap does not end it: the bridge goes on, and is cut there.
  return best !== null && opposite !== null && ends.has(best.vertex) ? opposite : best;
}

/** Lists the edges near a point, each once. */
function edgesAround(
  cells: Cells,
  x: number,
  y: number,
  reach: number,
  seen: Uint8Array,
  found: IntList,
): void {
  found.length = 0;
  const right = slotOf(cells.across, x + reach);
  const top = slotOf(cells.up, y + reach);
  const left = slotOf(cells.across, x - reach);
  for (let row = slotOf(cells.up, y - reach); row <= top; row++) {
    for (let c = row * cells.columns + left; c <= row * cells.columns + right; c++) {
      const to = cells.start[c + 1] as number;
      for (let i = cells.start[c] as number; i < to; i++) {
        const e = cells.edge[i] as number;
        if (seen[e] === 1) continue;
        seen[e] = 1;
        found.push(e);
      }
    }
  }
  for (let i = 0; i < found.length; i++) seen[found.data[i] as number] = 0;
}

/** The pairs of a loose end and an edge near it that there are to look at, or more than the most. */
function looksFor(plan: Arrangement, cells: Cells, ends: Iterable<LooseEnd>, reach: number): number {
  let pairs = 0;
  for (const { vertex } of ends) {
    const x = plan.x[vertex] as number;
    const y = plan.y[vertex] as number;
    const left = slotOf(cells.across, x - reach);
    const right = slotOf(cells.across, x + reach);
    const top = slotOf(cells.up, y + reach);
    for (let row = slotOf(cells.up, y - reach); row <= top; row++) {
      const at = row * cells.columns;
      pairs += 1 + (cells.start[at + right + 1] as number) - (cells.start[at + left] as number);
    }
    if (pairs > MAX_PAIRS) break;
  }
  return pairs;
}

/** Where the line of a loose end first meets the edge a–b: [x, y, distance]. */
function hitAhead(
  plan: Arrangement,
  a: number,
  b: number,
  px: number,
  py: number,
  end: LooseEnd,
): readonly [number, number, number] | null {
  const ax = (plan.x[a] as number) - px;
  const ay = (plan.y[a] as number) - py;
  const dx = (plan.x[b] as number) - px - ax;
  const dy = (plan.y[b] as number) - py - ay;
  const across = end.ux * dy - end.uy * dx;
  if (across === 0) return null;
  const distance = (ax * dy - ay * dx) / across;
  const along = (ax * end.uy - ay * end.ux) / across;
  if (distance <= 0 || along < 0 || along > 1) return null;
  return [px + distance * end.ux, py + distance * end.uy, distance];
}

function nearest(
  plan: Arrangement,
  a: number,
  b: number,
  px: number,
  py: number,
  reach: number,
): readonly [number, number, number] | null {
  const ax = plan.x[a] as number;
  const ay = plan.y[a] as number;
  const dx = (plan.x[b] as number) - ax;
  const dy = (plan.y[b] as number) - ay;
  const t = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy)));
  const x = ax + t * dx;
  const y = ay + t * dy;
  const distance = Math.hypot(x - px, y - py);
  return distance <= reach ? [x, y, distance] : null;
}

function withBridges(edges: Edges, from: IntList, to: IntList, vertices: number, firstBridge: number): Edges {
  const bridges = from.length;
  const count = edges.count + bridges;
  const ends = scratchInts(2 * count);
  ends.set(edges.ends);
  for (let i = 0; i < bridges; i++) {
    ends[2 * (edges.count + i)] = from.data[i] as number;
    ends[2 * (edges.count + i) + 1] = to.data[i] as number;
  }
  const walls = edges.wall.length;
  const wall = scratchInts(walls + bridges);
  const wallStart = scratchInts(count + 1);
  wall.set(edges.wall);
  wallStart.set(edges.wallStart);
  for (let i = 0; i < bridges; i++) {
    wall[walls + i] = firstBridge + i;
    wallStart[edges.count + i + 1] = walls + i + 1;
  }
  const parent = scratchInts(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  return edgesOf(ends, count, vertices, { edges: { count, ends, wallStart, wall }, parent });
}
