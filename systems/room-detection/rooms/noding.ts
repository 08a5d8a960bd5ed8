/**
 * Noding: cuts the edges where they cross, where a vertex lies on them or within the tolerance of them, until
 * edges meet in vertices only. Edges that were bent to a vertex are looked at again, since they may cross anew.
 * Refuses plans whose walls lie so densely that looking at every pair would not end in reasonable time.
 */
import { groupStarts, sortedByKey, sortKeyed } from './arrays.ts';
import type { Box, Cells } from './cells.ts';
import { type Cuts, findCuts, type State } from './cuts.ts';
import { type Edges, edgesOf } from './edges.ts';
import { gridOf, isCrowded } from './grid.ts';
import { refuseTangles } from './limits.ts';
import { mergeOverlaps } from './overlaps.ts';
import { scratchFloats, scratchInts } from './scratch.ts';

export interface Arrangement {
  readonly vertices: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly edges: Edges;
}

export interface Noded extends Arrangement {
  /** Farthest that an edge was bent to reach each vertex. */
  readonly bent: Float64Array;
}

export interface NodingInput {
  readonly edges: Edges;
  readonly vertices: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly box: Box;
  /** About the width of a room. */
  readonly scale: number;
  /** What lies nearer than this is one place. */
  readonly tolerance: number;
  /** What moves less than this has not moved. */
  readonly rounding: number;
  /** The edges by place, where they are known already; listed with at least the tolerance as reach. */
  readonly cells?: Cells;
}

/** Each round bends edges by the tolerance at most; two or three rounds settle even hand-drawn plans. */
const MAX_ROUNDS = 12;
export function node(input: NodingInput): Noded {
  const state: State = {
    input,
    edges: input.edges,
    vertices: input.vertices,
    x: input.x,
    y: input.y,
    index: null,
    pairs: 0,
  };
  let bent = scratchFloats(input.vertices).fill(0);
  let cells = input.cells ?? null;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const grid = gridFor(state, cells);
    if (round === 0) refuseTangles(state);
    const cuts = findCuts(state, grid);
    cells = null;
    if (cuts.edge.length === 0) break;
    if (state.vertices > bent.length) {
      const grown = scratchFloats(state.vertices).fill(0);
      grown.set(bent);
      bent = grown;
    }
    let again = false;
    for (let i = 0; i < cuts.edge.length; i++) {
      const by = cuts.distance.data[i] as number;
      if (by <= input.rounding) continue;
      again = true;
      const v = cuts.vertex.data[i] as number;
      bent[v] = Math.max(bent[v] as number, by);
    }
    state.edges = cut(state, cuts);
    if (!again) break;
  }
  return { vertices: state.vertices, x: state.x, y: state.y, edges: state.edges, bent };
}

function gridFor(state: State, known: Cells | null): Cells {
  const { x, y, vertices } = state;
  const { box, tolerance } = state.input;
  const cells = known ?? gridOf(state.edges, { x, y, box }, tolerance);
  if (!isCrowded(cells)) return cells;
  const merged = mergeOverlaps(state.edges, vertices, x, y, cells, tolerance);
  if (merged === state.edges) return cells;
  state.edges = merged;
  return gridOf(merged, { x, y, box }, tolerance);
}

/** The edges with all cuts made. */
function cut(state: State, cuts: Cuts): Edges {
  const { edges, x, y } = state;
  const many = cuts.edge.length;
  const starts = groupStarts(cuts.edge.data, many, edges.count);
  const order = sortedByKey(cuts.edge.data, many, starts, null);
  const pieces = edges.count + many;
  const ends = scratchInts(2 * pieces);
  const parent = scratchInts(pieces);
  const along = scratchFloats(many);
  const vertex = scratchInts(many);
  let n = 0;
  for (let e = 0; e < edges.count; e++) {
    const from = starts[e] as number;
    const to = starts[e + 1] as number;
    let last = edges.ends[2 * e] as number;
    const end = edges.ends[2 * e + 1] as number;
    if (to > from) {
      const ax = x[last] as number;
      const ay = y[last] as number;
      const dx = (x[end] as number) - ax;
      const dy = (y[end] as number) - ay;
      for (let i = from; i < to; i++) {
        const v = cuts.vertex.data[order[i] as number] as number;
        vertex[i] = v;
        along[i] = ((x[v] as number) - ax) * dx + ((y[v] as number) - ay) * dy;
      }
      if (to - from > 1) sortKeyed(along, vertex, from, to);
      for (let i = from; i < to; i++) {
        const v = vertex[i] as number;
        if (v === last) continue;
        ends[2 * n] = last;
        ends[2 * n + 1] = v;
        parent[n++] = e;
        last = v;
      }
    }
    ends[2 * n] = last;
    ends[2 * n + 1] = end;
    parent[n++] = e;
  }
  const finer = edgesOf(ends, n, state.vertices, { edges, parent });
  return finer;
}
