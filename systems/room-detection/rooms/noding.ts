/**
 * Noding: cuts the edges where they cross, where a vertex lies on them or within the tolerance of them, until
 * edges meet in vertices only. Edges that were bent to a vertex are looked at again, since they may cross anew.
 * Refuses plans whose walls lie so densely that looking at every pair would not end in reasonable time.
 */
import { FloatList, groupStarts, IntList, sortedByKey, sortKeyed } from './arrays.ts';
import { type Box, type Cells, cellAt, type Frame } from './cells.ts';
import { gridOf, refuseTooDense } from './crowds.ts';
import { type Edges, edgesOf } from './edges.ts';
import { turn } from './predicates.ts';
import { Vertices } from './vertices.ts';

export interface Arrangement {
  readonly vertices: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly edges: Edges;
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
/** More crossings than this are refused: the arrangement would not fit into memory. */
const MOST_CROSSINGS = 12_000_000;

interface State {
  readonly input: NodingInput;
  edges: Edges;
  vertices: number;
  x: Float64Array;
  y: Float64Array;
  index: Vertices | null;
}

export function node(input: NodingInput): Arrangement {
  const state: State = {
    input,
    edges: input.edges,
    vertices: input.vertices,
    x: input.x,
    y: input.y,
    index: null,
  };
  let bent = new Float64Array(input.vertices);
  let cells = input.cells ?? null;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const frame: Frame = { cos: 1, sin: 0, x: state.x, y: state.y, box: input.box };
    const grid = cells ?? gridOf(state.edges, frame, state.vertices, input.tolerance);
    cells = null;
    const cuts = findCuts(state, grid);
    if (cuts.edge.length === 0) break;
    if (state.vertices > bent.length) {
      const grown = new Float64Array(state.vertices);
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

/** Edge `edge[i]` is to be cut at vertex `vertex[i]`, which lies `distance[i]` beside it. */
interface Cuts {
  readonly edge: IntList;
  readonly vertex: IntList;
  readonly distance: FloatList;
}

function findCuts(state: State, cells: Cells): Cuts {
  const { vertices } = state;
  const cellOf = new Int32Array(vertices);
  for (let v = 0; v < vertices; v++) cellOf[v] = cellAt(cells, state.x[v] as number, state.y[v] as number);
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
  const { edges, x, y } = state;
  const near = state.input.tolerance * state.input.tolerance;
  const vx = x[v] as number;
  const vy = y[v] as number;
  for (let i = from; i < to; i++) {
    const e = cells.edge[i] as number;
    const a = edges.from[e] as number;
    const b = edges.to[e] as number;
    if (a === v || b === v) continue;
    const ax = x[a] as number;
    const ay = y[a] as number;
    const dx = (x[b] as number) - ax;
    const dy = (y[b] as number) - ay;
    const cross = dx * (vy - ay) - dy * (vx - ax);
    const square = dx * dx + dy * dy;
    if (cross * cross > near * square) continue;
    const along = dx * (vx - ax) + dy * (vy - ay);
    if (along <= 0 || along >= square) continue;
    addCut(cuts, e, v, Math.abs(cross) / Math.sqrt(square));
  }
}

/** Distance from a point to an edge it lies beside within the tolerance, else -1. */
function distanceBeside(state: State, e: number, px: number, py: number): number {
  const a = state.edges.from[e] as number;
  const b = state.edges.to[e] as number;
  const ax = state.x[a] as number;
  const ay = state.y[a] as number;
  const dx = (state.x[b] as number) - ax;
  const dy = (state.y[b] as number) - ay;
  const cross = dx * (py - ay) - dy * (px - ax);
  const square = dx * dx + dy * dy;
  const near = state.input.tolerance;
  if (cross * cross > near * near * square) return -1;
  const along = dx * (px - ax) + dy * (py - ay);
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
      const cx = px + t * (qx - px);
      const cy = py + t * (qy - py);
      // Two edges may share several cells; the one that holds the crossing reports it.
      if (cellAt(cells, cx, cy) === c) crossAt(state, cells, from, to, e, f, cx, cy, cuts);
    }
  }
}

/** Edges e and f cross at a point: cuts both at the vertex that is there, or at a new one. */
function crossAt(
  state: State,
  cells: Cells,
  from: number,
  to: number,
  e: number,
  f: number,
  cx: number,
  cy: number,
  cuts: Cuts,
): void {
  // An end within the tolerance of the other edge cuts it there; whether they still cross, the next round sees.
  if (endBeside(state, e, f) || endBeside(state, f, e)) return;
  const index = indexOf(state);
  let v = index.find(cx, cy);
  if (v < 0) {
    v = index.add(cx, cy);
    if (v >= MOST_CROSSINGS + state.input.vertices) {
      refuseTooDense(state.edges, e, `more than ${MOST_CROSSINGS} crossings`);
    }
    state.vertices = index.count;
    state.x = index.x;
    state.y = index.y;
    for (let i = from; i < to; i++) {
      const other = cells.edge[i] as number;
      if (other === e || other === f) continue;
      const distance = distanceBeside(state, other, cx, cy);
      if (distance >= 0) addCut(cuts, other, v, distance);
    }
  }
  addCut(cuts, e, v, 0);
  addCut(cuts, f, v, 0);
}

/** Whether an end of edge f lies beside edge e within the tolerance. */
function endBeside(state: State, e: number, f: number): boolean {
  const p = state.edges.from[f] as number;
  const q = state.edges.to[f] as number;
  return (
    distanceBeside(state, e, state.x[p] as number, state.y[p] as number) >= 0 ||
    distanceBeside(state, e, state.x[q] as number, state.y[q] as number) >= 0
  );
}

function addCut(cuts: Cuts, edge: number, vertex: number, distance: number): void {
  cuts.edge.push(edge);
  cuts.vertex.push(vertex);
  cuts.distance.push(distance);
}

/** The vertices by place, made when the first crossing is met. */
function indexOf(state: State): Vertices {
  if (state.index === null) {
    const { box, scale, tolerance } = state.input;
    const index = new Vertices(box, scale / 2, tolerance, 2 * state.vertices + 1024);
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
  const vertex = new Int32Array(many);
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
        const v = cuts.vertex.data[order[i] as number] as number;
        vertex[i] = v;
        along[i] = ((x[v] as number) - ax) * dx + ((y[v] as number) - ay) * dy;
      }
      if (to - from > 1) sortKeyed(along, vertex, from, to);
      for (let i = from; i < to; i++) {
        const v = vertex[i] as number;
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
