/**
 * Merges walls drawn along each other into one chain of edges. Noding would cut each of them at each end of all
 * others, which for a million walls on one line is a million million cuts; this sorts the ends instead. Only
 * used where the grid is crowded. An edge keeps at most `MOST_WALLS` of the walls drawn along it.
 */
import { IntList, sortKeyed } from './arrays.ts';
import type { Cells } from './cells.ts';
import { type Edges, edgesOf } from './edges.ts';

/** Cells with fewer edges are left to the noding. */
const FULL = 32;
/** Lines to look for in one cell. */
const MOST_LINES = 32;
const FEW_LINES = 4;
const MOST_WALLS = 32;

export function mergeOverlaps(
  edges: Edges,
  vertices: number,
  x: Float64Array,
  y: Float64Array,
  cells: Cells,
  tolerance: number,
): Edges {
  const group = new Int32Array(edges.count);
  const lengths = new Float64Array(edges.count);
  for (let e = 0; e < edges.count; e++) {
    group[e] = e;
    lengths[e] = lengthOf(edges, x, y, e);
  }
  for (let c = 0; c < cells.columns * cells.rows; c++) {
    const from = cells.start[c] as number;
    const to = cells.start[c + 1] as number;
    if (to - from > FULL) groupCell(edges, x, y, lengths, cells.edge.slice(from, to), tolerance, group);
  }
  return chained(edges, vertices, x, y, group);
}

function rootOf(group: Int32Array, e: number): number {
  let r = e;
  while (group[r] !== r) {
    group[r] = group[group[r] as number] as number;
    r = group[r] as number;
  }
  return r;
}

/**
 * Groups the edges of a cell with the longest edge that they overlap along its line; then those that are left
 * with the longest of these, and so on.
 */
function groupCell(
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  lengths: Float64Array,
  members: Int32Array,
  tolerance: number,
  group: Int32Array,
): void {
  let count = members.length;
  let grouped = 0;
  for (let lines = 0; lines < MOST_LINES && count > 1; lines++) {
    // Where the longest walls lie alone, so will the others.
    if (lines >= FEW_LINES && grouped < lines * 2) return;
    let longest = 0;
    for (let i = 1; i < count; i++) {
      const longer = lengths[members[longest] as number] as number;
      if ((lengths[members[i] as number] as number) > longer) longest = i;
    }
    const line = members[longest] as number;
    const ax = x[edges.ends[2 * line] as number] as number;
    const ay = y[edges.ends[2 * line] as number] as number;
    const dx = (x[edges.ends[2 * line + 1] as number] as number) - ax;
    const dy = (y[edges.ends[2 * line + 1] as number] as number) - ay;
    const square = dx * dx + dy * dy;
    const most = tolerance * Math.sqrt(square);
    let left = 0;
    for (let i = 0; i < count; i++) {
      const e = members[i] as number;
      if (e === line) continue;
      const p = edges.ends[2 * e] as number;
      const q = edges.ends[2 * e + 1] as number;
      const px = (x[p] as number) - ax;
      const py = (y[p] as number) - ay;
      const qx = (x[q] as number) - ax;
      const qy = (y[q] as number) - ay;
      const beside = Math.abs(dx * py - dy * px) <= most && Math.abs(dx * qy - dy * qx) <= most;
      const alongP = px * dx + py * dy;
      const alongQ = qx * dx + qy * dy;
      if (beside && Math.max(alongP, alongQ) > 0 && Math.min(alongP, alongQ) < square) {
        const a = rootOf(group, e);
        const b = rootOf(group, line);
        if (a !== b) group[Math.max(a, b)] = Math.min(a, b);
        grouped++;
      } else {
        members[left++] = e;
      }
    }
    count = left;
  }
}

function lengthOf(edges: Edges, x: Float64Array, y: Float64Array, e: number): number {
  const a = edges.ends[2 * e] as number;
  const b = edges.ends[2 * e + 1] as number;
  return Math.hypot((x[b] as number) - (x[a] as number), (y[b] as number) - (y[a] as number));
}

/** Replaces each group by the chain through all its ends. */
function chained(edges: Edges, vertices: number, x: Float64Array, y: Float64Array, group: Int32Array): Edges {
  const members = new Map<number, number[]>();
  for (let e = 0; e < edges.count; e++) {
    const root = rootOf(group, e);
    if (root === e) continue;
    const list = members.get(root);
    if (list === undefined) members.set(root, [root, e]);
    else list.push(e);
  }
  if (members.size === 0) return edges;
  const ends = new IntList(2 * edges.count);
  const wall = new IntList(edges.count);
  const wallStart = new IntList(edges.count);
  for (let e = 0; e < edges.count; e++) {
    const list = members.get(rootOf(group, e));
    if (list !== undefined) {
      if (list[0] === e) addChain(edges, x, y, list, ends, wall, wallStart);
      continue;
    }
    ends.push(edges.ends[2 * e] as number);
    ends.push(edges.ends[2 * e + 1] as number);
    wallStart.push(wall.length);
    for (let i = edges.wallStart[e] as number; i < (edges.wallStart[e + 1] as number); i++) {
      wall.push(edges.wall[i] as number);
    }
  }
  const count = ends.length / 2;
  wallStart.push(wall.length);
  const parent = new Int32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const merged: Edges = {
    count,
    ends: ends.data.subarray(0, 2 * count),
    wallStart: wallStart.data.subarray(0, count + 1),
    wall: wall.data.subarray(0, wall.length),
  };
  return edgesOf(merged.ends, count, vertices, { edges: merged, parent });
}

function addChain(
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  list: readonly number[],
  into: IntList,
  wall: IntList,
  wallStart: IntList,
): void {
  const longest = list.reduce((a, b) => (lengthOf(edges, x, y, b) > lengthOf(edges, x, y, a) ? b : a));
  const a = edges.ends[2 * longest] as number;
  const b = edges.ends[2 * longest + 1] as number;
  const dx = (x[b] as number) - (x[a] as number);
  const dy = (y[b] as number) - (y[a] as number);
  const ends = Int32Array.from(
    new Set(list.flatMap((e) => [edges.ends[2 * e] as number, edges.ends[2 * e + 1] as number])),
  );
  const keys = Float64Array.from(ends, (v) => (x[v] as number) * dx + (y[v] as number) * dy);
  sortKeyed(keys, ends, 0, ends.length);
  const rank = new Map<number, number>();
  ends.forEach((v, i) => {
    rank.set(v, i);
  });
  const pieces = ends.length - 1;
  const walls: number[][] = Array.from({ length: pieces }, () => []);
  // The next piece, from this one on, that has room for another wall.
  const open = new Int32Array(pieces + 1);
  for (let i = 0; i <= pieces; i++) open[i] = i;
  for (const e of list) {
    const p = rank.get(edges.ends[2 * e] as number) ?? 0;
    const q = rank.get(edges.ends[2 * e + 1] as number) ?? 0;
    for (let i = edges.wallStart[e] as number; i < (edges.wallStart[e + 1] as number); i++) {
      for (let k = rootOf(open, Math.min(p, q)); k < Math.max(p, q); k = rootOf(open, k + 1)) {
        const piece = walls[k] as number[];
        piece.push(edges.wall[i] as number);
        if (piece.length === MOST_WALLS) open[k] = k + 1;
      }
    }
  }
  for (let k = 0; k < pieces; k++) {
    into.push(ends[k] as number);
    into.push(ends[k + 1] as number);
    wallStart.push(wall.length);
    for (const w of walls[k] as number[]) wall.push(w);
  }
}
