/**
 * Edges between vertices, each pair of vertices once, with the walls that were drawn along it. Whatever
 * direction, order or number of times a wall was drawn, the edges are the same.
 */
import { sortKeyed } from './arrays.ts';
import { scratchFloats, scratchInts } from './scratch.ts';

export interface Edges {
  readonly count: number;
  /** Edge e runs from vertex `ends[2e]` to the higher `ends[2e + 1]`; edges are sorted by both. */
  readonly ends: Int32Array;
  /** Edge e comes from the walls `wall[wallStart[e]…wallStart[e + 1] - 1]`. */
  readonly wallStart: Int32Array;
  readonly wall: Int32Array;
}

/** Where a piece came from: piece i lies on the walls of edge `parent[i]` of `edges`, or on wall i itself. */
export interface Parents {
  readonly edges: Edges;
  readonly parent: Int32Array;
}

/** Sorts pieces `pairs[2i]`–`pairs[2i + 1]`, leaves out those without length and makes one edge of equal ones. */
export function edgesOf(pairs: Int32Array, pieces: number, vertices: number, parents: Parents | null): Edges {
  const starts = scratchInts(vertices + 1).fill(0);
  for (let i = 0; i < pieces; i++) {
    const p = pairs[2 * i] as number;
    const q = pairs[2 * i + 1] as number;
    if (p === q) continue;
    const slot = Math.min(p, q) + 1;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let v = 0; v < vertices; v++) starts[v + 1] = (starts[v + 1] as number) + (starts[v] as number);
  const many = starts[vertices] as number;
  const high = scratchInts(many);
  const piece = scratchInts(many);
  for (let i = 0; i < pieces; i++) {
    const p = pairs[2 * i] as number;
    const q = pairs[2 * i + 1] as number;
    if (p === q) continue;
    const low = Math.min(p, q);
    const slot = starts[low] as number;
    starts[low] = slot + 1;
    high[slot] = Math.max(p, q);
    piece[slot] = i;
  }
  const ends = scratchInts(2 * many);
  const wallStart = scratchInts(many + 1);
  const wall = scratchInts(wallsOn(piece, many, parents));
  let count = 0;
  let walls = 0;
  let from = 0;
  for (let v = 0; v < vertices; v++) {
    const to = starts[v] as number;
    if (to - from > 1) sortByHigh(high, piece, from, to);
    for (let last = -1; from < to; from++) {
      const other = high[from] as number;
      if (other !== last) {
        ends[2 * count] = v;
        ends[2 * count + 1] = other;
        wallStart[count++] = walls;
        last = other;
      }
      const i = piece[from] as number;
      if (parents === null) {
        wall[walls++] = i;
        continue;
      }
      const e = parents.parent[i] as number;
      const end = parents.edges.wallStart[e + 1] as number;
      for (let w = parents.edges.wallStart[e] as number; w < end; w++) {
        wall[walls++] = parents.edges.wall[w] as number;
      }
    }
  }
  wallStart[count] = walls;
  return { count, ends: ends.subarray(0, 2 * count), wallStart: wallStart.subarray(0, count + 1), wall };
}

/** Sorts the pieces that share their lower vertex by the higher; equal ones stay in order. */
function sortByHigh(high: Int32Array, piece: Int32Array, from: number, to: number): void {
  if (to - from > 24) {
    const keys = scratchFloats(to - from);
    for (let i = from; i < to; i++) keys[i - from] = high[i] as number;
    sortKeyed(keys, piece.subarray(from, to), 0, to - from);
    for (let i = from; i < to; i++) high[i] = keys[i - from] as number;
    return;
  }
  for (let i = from + 1; i < to; i++) {
    const key = high[i] as number;
    const item = piece[i] as number;
    let j = i - 1;
    while (j >= from && (high[j] as number) > key) {
      high[j + 1] = high[j] as number;
      piece[j + 1] = piece[j] as number;
      j--;
    }
    high[j + 1] = key;
    piece[j + 1] = item;
  }
}

function wallsOn(piece: Int32Array, many: number, parents: Parents | null): number {
  if (parents === null) return many;
  const { wallStart } = parents.edges;
  let walls = 0;
  for (let i = 0; i < many; i++) {
    const e = parents.parent[piece[i] as number] as number;
    walls += (wallStart[e + 1] as number) - (wallStart[e] as number);
  }
  return walls;
}
