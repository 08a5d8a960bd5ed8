/**
 * Noding: cuts the edges where they cross, where a vertex lies on them or within the tolerance of them, until
 * edges meet in vertices only. Edges that were bent to a vertex are looked at again, since they may cross anew.
 */
import { FloatList, groupStarts, IntList, sortedByKey } from './arrays.ts';
import { type Box, type Cells, cellsOf, columnOf, rowOf } from './cells.ts';
import { type Edges, edgesOf } from './edges.ts';
import { turn } from './predicates.ts';
import type { Scale } from './scale.ts';
import { Vertices } from './vertices.ts';

export interface Arrangement {
  readonly vertices: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly edges: Edges;
  /** Distance over which a wall was bent to reach each vertex. */
  readonly bent: Float64Array;
}

/** Each round bends edges by the tolerance at most; two or three rounds settle even hand-drawn plans. */
const MAX_ROUNDS = 12;

interface State {
  readonly scale: Scale;
  readonly box: Box;
  edges: Edges;
  vertices: number;
  x: Float64Array;
  y: Float64Array;
  index: Vertices | null;
}

export function node(
  edges: Edges,
  vertices: number,
  x: Float64Array,
  y: Float64Array,
  box: Box,
  scale: Scale,
): Arrangement {
  const state: State = { scale, box, edges, vertices, x, y, index: null };
  let bent = new Float64Array(vertices);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const cuts = findCuts(state);
    if (cuts.edge.length === 0) break;
    const grown = new Float64Array(state.vertices);
    grown.set(bent);
    bent = grown;
    let again = false;
    for (let i = 0; i < cuts.edge.length; i++) {
      const by = cuts.distance.data[i] as number;
      if (by <= scale.rounding) continue;
      again = true;
      const v = cuts.vertex.data[i] as number;
      bent[v] = Math.max(bent[v] as number, by);
    }
    state.edges = cut(state, cuts);
    if (!again) break;
  }
  return { vertices: state.vertices, x: state.x, y: state.y, edges: state.edges, bent };
}

/** Edge `edge[i]` is to be cut at vertex `vertex[i]`, which lies `distance[i]` beside it. */
interface Cuts {
  readonly edge: IntList;
  readonly vertex: IntList;
  readonly distance: FloatList;
}

function findCuts(state: State): Cuts {
  const { x, y, vertices } = state;
  const cells = cellsOf(state.edges, x, y, state.box, state.scale.tolerance);
  const cellOf = new Int32Array(vertices);
  for (let v = 0; v < vertices; v++) {
    cellOf[v] = rowOf(cells, y[v] as number) * cells.columns + columnOf(cells, x[v] as number);
  }
  const count = cells.columns * cells.rows;
  const starts = groupStarts(cellOf, vertices, count);
  const inCell = sortedByKey(cellOf, vertices, starts, null);
  const cuts: Cuts = { edge: new IntList(), vertex: new IntList(), distance: new FloatList() };
  for (let c = 0; c < count; c++) {
    const from = cells.start[c] as number;
    const to = cells.start[c + 1] as number;
    if (from === to) continue;
    const end = starts[c + 1] as number;
    for (let i = starts[c] as number; i < end; i++) {
      cutAtVertex(state, cells, from, to, inCell[i] as number, cuts);
    }
    if (to - from > 1) cutAtCrossings(state, cells, c, from, to, cuts);
  }
  return cuts;
}

/** Cuts the edges of a cell that pass vertex v within the tolerance. */
function cutAtVertex(state: State, cells: Cells, from: number, to: number, v: number, cuts: Cuts): void {
  const vx = state.x[v] as number;
  const vy = state.y[v] as number;
  for (let i = from; i < to; i++) {
    const e = cells.edge[i] as number;
    const a = state.edges.from[e] as number;
    const b = state.edges.to[e] as number;
    if (a === v || b === v) continue;
    const distance = distanceBeside(state, a, b, vx, vy);
    if (distance >= 0) {
      cuts.edge.push(e);
      cuts.vertex.push(v);
      cuts.distance.push(distance);
    }
  }
}

/** Distance from a point to an edge it lies beside within the tolerance, else -1. */
function distanceBeside(state: State, a: number, b: number, px: number, py: number): number {
  const ax = state.x[a] as number;
  const ay = state.y[a] as number;
  const dx = (state.x[b] as number) - ax;
  const dy = (state.y[b] as number) - ay;
  const ex = px - ax;
  const ey = py - ay;
  const cross = dx * ey - dy * ex;
  const square = dx * dx + dy * dy;
  const near = state.scale.tolerance;
  if (cross * cross > near * near * square) return -1;
  const along = dx * ex + dy * ey;
  if (along <= 0 || along >= square) return -1;
  return Math.abs(cross) / Math.sqrt(square);
}

function cutAtCrossings(state: State, cells: Cells, c: number, from: number, to: number, cuts: Cuts): void {
  const { edges, x, y } = state;
  for (let i = from + 1; i < to; i++) {
    const e = cells.edge[i] as number;
    const a = edges.from[e] as number;
    const b = edges.to[e] as number;
    const ax = x[a] as number;
    const ay = y[a] as number;
    const bx = x[b] as number;
    const by = y[b] as number;
    const lowX = Math.min(ax, bx);
    const highX = Math.max(ax, bx);
    const lowY = Math.min(ay, by);
    const highY = Math.max(ay, by);
    for (let j = from; j < i; j++) {
      const f = cells.edge[j] as number;
      const p = edges.from[f] as number;
      const q = edges.to[f] as number;
      if (p === a || p === b || q === a || q === b) continue;
      const px = x[p] as number;
      const qx = x[q] as number;
      if ((px < lowX && qx < lowX) || (px > highX && qx > highX)) continue;
      const py = y[p] as number;
      const qy = y[q] as number;
      if ((py < lowY && qy < lowY) || (py > highY && qy > highY)) continue;
      const sideP = turn(ax, ay, bx, by, px, py);
      const sideQ = turn(ax, ay, bx, by, qx, qy);
      if (!((sideP > 0 && sideQ < 0) || (sideP < 0 && sideQ > 0))) continue;
      const sideA = turn(px, py, qx, qy, ax, ay);
      const sideB = turn(px, py, qx, qy, bx, by);
      if (!((sideA > 0 && sideB < 0) || (sideA < 0 && sideB > 0))) continue;
      const t = sideP / (sideP - sideQ);
      crossAt(state, cells, c, from, to, e, f, px + t * (qx - px), py + t * (qy - py), cuts);
    }
  }
}

/** Edges e and f cross at a point: cuts both at the vertex that is there, or at a new one. */
function crossAt(
  state: State,
  cells: Cells,
  c: number,
  from: number,
  to: number,
  e: number,
  f: number,
  cx: number,
  cy: number,
  cuts: Cuts,
): void {
  // Two edges may share several cells; the one that holds the crossing reports it.
  if (rowOf(cells, cy) * cells.columns + columnOf(cells, cx) !== c) return;
  const { edges } = state;
  const a = edges.from[e] as number;
  const b = edges.to[e] as number;
  const p = edges.from[f] as number;
  const q = edges.to[f] as number;
  // An end within the tolerance of the other edge cuts it there; whether they still cross, the next round sees.
  if (
    distanceBeside(state, a, b, state.x[p] as number, state.y[p] as number) >= 0 ||
    distanceBeside(state, a, b, state.x[q] as number, state.y[q] as number) >= 0 ||
    distanceBeside(state, p, q, state.x[a] as number, state.y[a] as number) >= 0 ||
    distanceBeside(state, p, q, state.x[b] as number, state.y[b] as number) >= 0
  ) {
    return;
  }
  const index = indexOf(state);
  let v = index.find(cx, cy);
  if (v < 0) {
    v = index.add(cx, cy);
    state.vertices = index.count;
    state.x = index.x;
    state.y = index.y;
    for (let i = from; i < to; i++) {
      const other = cells.edge[i] as number;
      if (other === e || other === f) continue;
      const distance = distanceBeside(state, edges.from[other] as number, edges.to[other] as number, cx, cy);
      if (distance >= 0) addCut(cuts, other, v, distance);
    }
  }
  addCut(cuts, e, v, 0);
  addCut(cuts, f, v, 0);
}

function addCut(cuts: Cuts, edge: number, vertex: number, distance: number): void {
  cuts.edge.push(edge);
  cuts.vertex.push(vertex);
  cuts.distance.push(distance);
}

/** The vertices by place, made when the first crossing is met. */
function indexOf(state: State): Vertices {
  if (state.index === null) {
    const { scale, tolerance } = state.scale;
    const index = new Vertices(state.box.minX, state.box.minY, scale / 2, tolerance, 2 * state.vertices + 64);
    for (let v = 0; v < state.vertices; v++) index.add(state.x[v] as number, state.y[v] as number);
    state.index = index;
  }
  return state.index;
}

/** The edges with all cuts made. */
function cut(state: State, cuts: Cuts): Edges {
  const { edges, x, y } = state;
  const many = cuts.edge.length;
  const starts = groupStarts(cuts.edge.data, many, edges.count);
  const order = sortedByKey(cuts.edge.data, many, starts, null);
  const pieces = edges.count + many;
  const a = new Int32Array(pieces);
  const b = new Int32Array(pieces);
  const parent = new Int32Array(pieces);
  const along = new Float64Array(many);
  const byPlace = (p: number, q: number): number =>
    (along[p] as number) - (along[q] as number) ||
    (cuts.vertex.data[p] as number) - (cuts.vertex.data[q] as number);
  let n = 0;
  for (let e = 0; e < edges.count; e++) {
    const from = starts[e] as number;
    const to = starts[e + 1] as number;
    let last = edges.from[e] as number;
    const end = edges.to[e] as number;
    if (to > from) {
      const ax = x[last] as number;
      const ay = y[last] as number;
      const dx = (x[end] as number) - ax;
      const dy = (y[end] as number) - ay;
      for (let i = from; i < to; i++) {
        const k = order[i] as number;
        const v = cuts.vertex.data[k] as number;
        along[k] = ((x[v] as number) - ax) * dx + ((y[v] as number) - ay) * dy;
      }
      if (to - from > 1) order.subarray(from, to).sort(byPlace);
      for (let i = from; i < to; i++) {
        const v = cuts.vertex.data[order[i] as number] as number;
        if (v === last) continue;
        a[n] = last;
        b[n] = v;
        parent[n++] = e;
        last = v;
      }
    }
    a[n] = last;
    b[n] = end;
    parent[n++] = e;
  }
  return edgesOf(a, b, n, state.vertices, { edges, parent });
}
