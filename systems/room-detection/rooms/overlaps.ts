/**
 * Merges walls drawn along each other into one chain of edges. Noding would cut each of them at each end of all
 * others, which for a million walls on one line is a million million cuts; this sorts the ends instead. Only
 * used where the grid is crowded. An edge keeps at most `MAX_WALLS` of the walls drawn along it.
 */
import { groupStarts, IntList, sortedByKey, sortKeyed } from './arrays.ts';
import type { Cells } from './cells.ts';
import { type Edges, edgesOf } from './edges.ts';
import { scratchFloats, scratchInts } from './scratch.ts';

/** Cells with fewer edges are left to the noding. */
const CROWDED_CELL = 32;
/** Lines to look for in one cell. */
const MAX_LINES = 32;
const FEW_LINES = 4;
/** An edge keeps this many of the walls along it, fewer where they would come to more than so many in all. */
const MAX_WALLS = 32;
const MIN_WALLS = 4;
const WALLS_OF_CHAIN = 8_000_000;

export function mergeOverlaps(
  edges: Edges,
  vertices: number,
  x: Float64Array,
  y: Float64Array,
  cells: Cells,
  tolerance: number,
): Edges {
  const group = scratchInts(edges.count);
  const lengths = scratchFloats(edges.count);
  for (let e = 0; e < edges.count; e++) {
    group[e] = e;
    lengths[e] = lengthOf(edges, x, y, e);
  }
  for (let c = 0; c < cells.columns * cells.rows; c++) {
    const from = cells.start[c] as number;
    const to = cells.start[c + 1] as number;
    if (to - from > CROWDED_CELL)
      groupCell(edges, x, y, lengths, cells.edge.slice(from, to), tolerance, group);
  }
  const merged = chained(edges, vertices, x, y, group);
  return merged;
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
  for (let lines = 0; lines < MAX_LINES && count > 1; lines++) {
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
    const reach = tolerance * Math.sqrt(square);
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
      const beside = Math.abs(dx * py - dy * px) <= reach && Math.abs(dx * qy - dy * qx) <= reach;
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
  for (let e = 0; e < edges.count; e++) group[e] = rootOf(group, e);
  const starts = groupStarts(group, edges.count, edges.count);
  const members = sortedByKey(group, edges.count, starts, null);
  const chain: Chain = {
    ends: new IntList(2 * edges.count),
    wall: new IntList(edges.wall.length),
    wallStart: new IntList(),
  };
  const rank = scratchInts(vertices);
  let merged = false;
  for (let root = 0; root < edges.count; root++) {
    const from = starts[root] as number;
    const to = starts[root + 1] as number;
    if (to - from > 1) {
      addChain(edges, x, y, members.subarray(from, to), rank, chain);
      merged = true;
    } else if (to > from) {
      chain.ends.push(edges.ends[2 * root] as number);
      chain.ends.push(edges.ends[2 * root + 1] as number);
      chain.wallStart.push(chain.wall.length);
      for (let i = edges.wallStart[root] as number; i < (edges.wallStart[root + 1] as number); i++) {
        chain.wall.push(edges.wall[i] as number);
      }
    }
  }
  if (!merged) return edges;
  const count = chain.wallStart.length;
  chain.wallStart.push(chain.wall.length);
  const parent = scratchInts(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const pieces: Edges = {
    count,
    ends: chain.ends.data,
    wallStart: chain.wallStart.data,
    wall: chain.wall.data,
  };
  const finer = edgesOf(pieces.ends, count, vertices, { edges: pieces, parent });
  return finer;
}

interface Chain {
  readonly ends: IntList;
  readonly wall: IntList;
  readonly wallStart: IntList;
}

/** Adds the pieces between neighbouring ends of the edges in a list that lie along each other. */
function addChain(
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  list: Int32Array,
  rank: Int32Array,
  chain: Chain,
): void {
  const ends = endsAlong(edges, x, y, list, rank);
  const pieces = ends.length - 1;
  for (let i = 0; i <= pieces; i++) rank[ends[i] as number] = i;
  // How many walls lie along each piece, from how many begin and end where it does.
  const along = scratchInts(pieces + 1).fill(0);
  for (const e of list) {
    const walls = (edges.wallStart[e + 1] as number) - (edges.wallStart[e] as number);
    const p = rank[edges.ends[2 * e] as number] as number;
    const q = rank[edges.ends[2 * e + 1] as number] as number;
    along[Math.min(p, q)] = (along[Math.min(p, q)] as number) + walls;
    along[Math.max(p, q)] = (along[Math.max(p, q)] as number) - walls;
  }
  const maxWalls = Math.max(MIN_WALLS, Math.min(MAX_WALLS, Math.floor(WALLS_OF_CHAIN / pieces)));
  // The place for the next wall of each piece, and where its places end.
  const at = scratchInts(pieces + 1);
  let total = chain.wall.length;
  let covering = 0;
  for (let k = 0; k < pieces; k++) {
    covering += along[k] as number;
    chain.ends.push(ends[k] as number);
    chain.ends.push(ends[k + 1] as number);
    chain.wallStart.push(total);
    at[k] = total;
    total += Math.min(maxWalls, covering);
    along[k] = total;
  }
  chain.wall.extend(total);
  const { data } = chain.wall;
  // The next piece, from this one on, that has room for another wall.
  const open = scratchInts(pieces + 1);
  for (let i = 0; i <= pieces; i++) open[i] = i;
  for (const e of list) {
    const p = rank[edges.ends[2 * e] as number] as number;
    const q = rank[edges.ends[2 * e + 1] as number] as number;
    for (let i = edges.wallStart[e] as number; i < (edges.wallStart[e + 1] as number); i++) {
      for (let k = rootOf(open, Math.min(p, q)); k < Math.max(p, q); k = rootOf(open, k + 1)) {
        const slot = at[k] as number;
        data[slot] = edges.wall[i] as number;
        at[k] = slot + 1;
        if (slot + 1 === along[k]) open[k] = k + 1;
      }
    }
  }
}

/** The ends of some edges, each once, in their order along the longest of them. */
function endsAlong(
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  list: Int32Array,
  seen: Int32Array,
): Int32Array {
  let longest = -1;
  let a = 0;
  let b = 0;
  for (const e of list) {
    const length = lengthOf(edges, x, y, e);
    if (length <= longest) continue;
    longest = length;
    a = edges.ends[2 * e] as number;
    b = edges.ends[2 * e + 1] as number;
  }
  const dx = (x[b] as number) - (x[a] as number);
  const dy = (y[b] as number) - (y[a] as number);
  for (const e of list) {
    seen[edges.ends[2 * e] as number] = -1;
    seen[edges.ends[2 * e + 1] as number] = -1;
  }
  const ends = scratchInts(2 * list.length);
  const keys = scratchFloats(2 * list.length);
  let count = 0;
  for (const e of list) {
    for (let end = 2 * e; end <= 2 * e + 1; end++) {
      const v = edges.ends[end] as number;
      if (seen[v] === 0) continue;
      seen[v] = 0;
      ends[count] = v;
      keys[count++] = (x[v] as number) * dx + (y[v] as number) * dy;
    }
  }
  sortKeyed(keys, ends, 0, count);
  return ends.subarray(0, count);
}
