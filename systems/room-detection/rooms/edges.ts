/**
 * Edges between vertices, each pair of vertices once, with the walls that were drawn along it. Whatever
 * direction, order or number of times a wall was drawn, the edges are the same.
 */
import { giveBack, groupStarts, sortedByKey, takeInts } from './arrays.ts';

export interface Edges {
  readonly count: number;
  /** The lower vertex of each edge; edges are sorted by `from`, then by `to`. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Edge e comes from the walls `wall[wallStart[e]…wallStart[e + 1] - 1]`. */
  readonly wallStart: Int32Array;
  readonly wall: Int32Array;
}

/** Where a piece came from: piece i lies on the walls of edge `parent[i]` of `edges`, or on wall i itself. */
export interface Parents {
  readonly edges: Edges;
  readonly parent: Int32Array;
}

/** Sorts pieces (a[i], b[i]), leaves out those without length and makes one edge of equal ones. */
export function edgesOf(
  a: Int32Array,
  b: Int32Array,
  pieces: number,
  vertices: number,
  parents: Parents | null,
): Edges {
  const low = takeInts(pieces);
  const high = takeInts(pieces);
  for (let i = 0; i < pieces; i++) {
    const p = a[i] as number;
    const q = b[i] as number;
    low[i] = Math.min(p, q);
    high[i] = Math.max(p, q);
  }
  const highStarts = groupStarts(high, pieces, vertices);
  const byHigh = sortedByKey(high, pieces, highStarts, null);
  const lowStarts = groupStarts(low, pieces, vertices);
  const order = sortedByKey(low, pieces, lowStarts, byHigh);
  giveBack(highStarts, lowStarts, byHigh);
  const from = takeInts(pieces);
  const to = takeInts(pieces);
  const edgeOf = takeInts(pieces).fill(-1);
  let count = 0;
  let lastLow = -1;
  let lastHigh = -1;
  for (let i = 0; i < pieces; i++) {
    const piece = order[i] as number;
    const p = low[piece] as number;
    const q = high[piece] as number;
    if (p === q) continue;
    if (p !== lastLow || q !== lastHigh) {
      from[count] = p;
      to[count] = q;
      count++;
      lastLow = p;
      lastHigh = q;
    }
    edgeOf[piece] = count - 1;
  }
  giveBack(low, high, order);
  const { wallStart, wall } = wallsOf(edgeOf, pieces, count, parents);
  giveBack(edgeOf);
  return { count, from: from.subarray(0, count), to: to.subarray(0, count), wallStart, wall };
}

/** To be called when nothing uses the edges any more. */
export function giveBackEdges(edges: Edges): void {
  giveBack(edges.from, edges.to, edges.wallStart, edges.wall);
}

function wallsOf(
  edgeOf: Int32Array,
  pieces: number,
  count: number,
  parents: Parents | null,
): { wallStart: Int32Array; wall: Int32Array } {
  const wallStart = takeInts(count + 1).fill(0);
  for (let i = 0; i < pieces; i++) {
    const e = edgeOf[i] as number;
    if (e >= 0) wallStart[e + 1] = (wallStart[e + 1] as number) + wallsOfPiece(parents, i);
  }
  for (let e = 0; e < count; e++) wallStart[e + 1] = (wallStart[e + 1] as number) + (wallStart[e] as number);
  const wall = takeInts(wallStart[count] as number);
  const at = takeInts(count);
  at.set(wallStart.subarray(0, count));
  for (let i = 0; i < pieces; i++) {
    const e = edgeOf[i] as number;
    if (e < 0) continue;
    let slot = at[e] as number;
    if (parents === null) {
      wall[slot++] = i;
    } else {
      const parent = parents.parent[i] as number;
      const end = parents.edges.wallStart[parent + 1] as number;
      for (let w = parents.edges.wallStart[parent] as number; w < end; w++) {
        wall[slot++] = parents.edges.wall[w] as number;
      }
    }
    at[e] = slot;
  }
  giveBack(at);
  return { wallStart, wall };
}

function wallsOfPiece(parents: Parents | null, piece: number): number {
  if (parents === null) return 1;
  const parent = parents.parent[piece] as number;
  const { wallStart } = parents.edges;
  return (wallStart[parent + 1] as number) - (wallStart[parent] as number);
}
