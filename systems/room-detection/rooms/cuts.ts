/**
 * Finds where edges have to be cut: at vertices that lie on them, and where they cross. Looks cell by cell; in a
 * full cell it sweeps across the walls' main direction, so that near-parallel walls are not all held against
 * each other. Refuses plans in which that is still too much work.
 */
import { FloatList, groupStarts, IntList, sortedByKey, sortKeyed } from './arrays.ts';
import { type Cells, cellAt, slotStart } from './cells.ts';
import type { Edges } from './edges.ts';
import { MAX_PAIRS, refuseTooDense } from './limits.ts';
import type { NodingInput } from './noding.ts';
import { turn } from './predicates.ts';
import { scratchInts } from './scratch.ts';
import { Vertices } from './vertices.ts';

export interface State {
  readonly input: NodingInput;
  edges: Edges;
  vertices: number;
  x: Float64Array;
  y: Float64Array;
  index: Vertices | null;
  /** Pairs looked at so far. */
  pairs: number;
}

/** More crossings than this are refused: the arrangement would not fit into memory. */
const MAX_CROSSINGS = 12_000_000;
/** Cells with more edges than this are swept. */
const CROWDED_CELL = 48;

/** Edge `edge[i]` is to be cut at vertex `vertex[i]`, which lies `distance[i]` beside it. */
export interface Cuts {
  readonly edge: IntList;
  readonly vertex: IntList;
  readonly distance: FloatList;
}

export function findCuts(state: State, cells: Cells): Cuts {
  const { vertices, edges } = state;
  const cellOf = scratchInts(vertices);
  for (let v = 0; v < vertices; v++) cellOf[v] = cellAt(cells, state.x[v] as number, state.y[v] as number);
  const count = cells.columns * cells.rows;
  const starts = groupStarts(cellOf, vertices, count);
  const inCell = sortedByKey(cellOf, vertices, starts, null);
  const cuts: Cuts = { edge: new IntList(), vertex: new IntList(), distance: new FloatList() };
  for (let c = 0; c < count; c++) {
    const from = cells.start[c] as number;
    const to = cells.start[c + 1] as number;
    const low = starts[c] as number;
    const high = starts[c + 1] as number;
    if (to - from > CROWDED_CELL) {
      sweepCell(state, cells, c, inCell.subarray(low, high), cuts);
      continue;
    }
    for (let i = from; i < to; i++) {
      const e = cells.edge[i] as number;
      const a = edges.ends[2 * e] as number;
      const b = edges.ends[2 * e + 1] as number;
      for (let k = low; k < high; k++) {
        const v = inCell[k] as number;
        if (v !== a && v !== b) cutAtVertex(state, e, v, cuts);
      }
      for (let k = from; k < i; k++) {
        const f = cells.edge[k] as number;
        const p = edges.ends[2 * f] as number;
        const q = edges.ends[2 * f + 1] as number;
        if (p !== a && p !== b && q !== a && q !== b) cutAtCrossing(state, cells, c, e, f, cuts);
      }
    }
  }
  return cuts;
}

/**
 * Sweeps the edges and vertices of a cell: only edges whose stretches in the direction of the sweep overlap can
 * meet. That direction is across most of the walls, or along them where they lie behind each other on one line.
 */
function sweepCell(state: State, cells: Cells, c: number, vertices: Int32Array, cuts: Cuts): void {
  const { edges, x, y } = state;
  const members = cells.edge.slice(cells.start[c] as number, cells.start[c + 1] as number);
  const n = members.length;
  const [acrossX, acrossY] = acrossMost(state, members);
  const across = stretchesOf(state, cells, c, members, acrossX, acrossY);
  const along = stretchesOf(state, cells, c, members, -acrossY, acrossX);
  const { nx, ny, low, high: highs } = across.overlap <= along.overlap ? across : along;
  const rank = Int32Array.from(members, (_, i) => i);
  sortKeyed(low, rank, 0, n);
  const high = Float64Array.from(rank, (i) => highs[i] as number);
  const unsorted = members.slice();
  for (let i = 0; i < n; i++) members[i] = unsorted[rank[i] as number] as number;
  const at = Float64Array.from(vertices, (v) => nx * (x[v] as number) + ny * (y[v] as number));
  const order = vertices.slice();
  sortKeyed(at, order, 0, order.length);
  // Positions in `members` of the edges that the sweep has entered and not left.
  const active = new Int32Array(n);
  let open = 0;
  let next = 0;
  for (let i = 0; i <= n; i++) {
    const reached = i < n ? (low[i] as number) : Infinity;
    for (; next < order.length && (at[next] as number) < reached; next++) {
      const v = order[next] as number;
      open = dropEnded(active, open, high, at[next] as number);
      countPairs(state, open, members[Math.max(0, i - 1)] as number);
      for (let k = 0; k < open; k++) {
        const e = members[active[k] as number] as number;
        if (edges.ends[2 * e] !== v && edges.ends[2 * e + 1] !== v) cutAtVertex(state, e, v, cuts);
      }
    }
    if (i === n) break;
    const e = members[i] as number;
    open = dropEnded(active, open, high, reached);
    countPairs(state, open, e);
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    for (let k = 0; k < open; k++) {
      const f = members[active[k] as number] as number;
      const p = edges.ends[2 * f] as number;
      const q = edges.ends[2 * f + 1] as number;
      if (p !== a && p !== b && q !== a && q !== b) cutAtCrossing(state, cells, c, e, f, cuts);
    }
    active[open++] = i;
  }
}

interface Stretches {
  readonly nx: number;
  readonly ny: number;
  /** Where the part of each edge inside the cell begins and ends in this direction, with the tolerance. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** About how many others each overlaps: their lengths over the length of all together. */
  readonly overlap: number;
}

function stretchesOf(
  state: State,
  cells: Cells,
  c: number,
  members: Int32Array,
  nx: number,
  ny: number,
): Stretches {
  const { edges, x, y } = state;
  const near = state.input.tolerance * 1.01;
  const column = c % cells.columns;
  const row = (c - column) / cells.columns;
  const left = slotStart(cells.across, column) - near;
  const right = slotStart(cells.across, column + 1) + near;
  const bottom = slotStart(cells.up, row) - near;
  const top = slotStart(cells.up, row + 1) + near;
  const low = new Float64Array(members.length);
  const high = new Float64Array(members.length);
  let least = Infinity;
  let highest = -Infinity;
  let lengths = 0;
  for (let i = 0; i < members.length; i++) {
    const e = members[i] as number;
    const ax = x[edges.ends[2 * e] as number] as number;
    const ay = y[edges.ends[2 * e] as number] as number;
    const dx = (x[edges.ends[2 * e + 1] as number] as number) - ax;
    const dy = (y[edges.ends[2 * e + 1] as number] as number) - ay;
    let t0 = 0;
    let t1 = 1;
    if (dx !== 0) {
      t0 = Math.max(t0, Math.min((left - ax) / dx, (right - ax) / dx));
      t1 = Math.min(t1, Math.max((left - ax) / dx, (right - ax) / dx));
    }
    if (dy !== 0) {
      t0 = Math.max(t0, Math.min((bottom - ay) / dy, (top - ay) / dy));
      t1 = Math.min(t1, Math.max((bottom - ay) / dy, (top - ay) / dy));
    }
    const start = nx * (ax + t0 * dx) + ny * (ay + t0 * dy);
    const end = nx * (ax + t1 * dx) + ny * (ay + t1 * dy);
    low[i] = Math.min(start, end) - near;
    high[i] = Math.max(start, end) + near;
    least = Math.min(least, low[i] as number);
    highest = Math.max(highest, high[i] as number);
    lengths += (high[i] as number) - (low[i] as number);
  }
  return { nx, ny, low, high, overlap: lengths / (highest - least) };
}

/** Drops the edges that end before a place; returns how many are left. */
function dropEnded(active: Int32Array, open: number, high: Float64Array, place: number): number {
  let kept = 0;
  for (let k = 0; k < open; k++) {
    const i = active[k] as number;
    if ((high[i] as number) >= place) active[kept++] = i;
  }
  return kept;
}

/** The unit vector across the direction of most of the wall length; opposite directions count as one. */
function acrossMost(state: State, members: Int32Array): readonly [number, number] {
  const { edges, x, y } = state;
  let cos = 0;
  let sin = 0;
  for (const e of members) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    const dx = (x[b] as number) - (x[a] as number);
    const dy = (y[b] as number) - (y[a] as number);
    const length = Math.sqrt(dx * dx + dy * dy);
    cos += (dx * dx - dy * dy) / length;
    sin += (2 * dx * dy) / length;
  }
  const angle = Math.atan2(sin, cos) / 2;
  return [-Math.sin(angle), Math.cos(angle)];
}

function countPairs(state: State, pairs: number, edge: number): void {
  state.pairs += pairs;
  if (state.pairs > MAX_PAIRS) refuseTooDense(state.edges, edge, 'too many walls on one spot');
}

/** Cuts edge e at vertex v where it passes it within the tolerance. */
function cutAtVertex(state: State, e: number, v: number, cuts: Cuts): void {
  const distance = distanceBeside(state, e, state.x[v] as number, state.y[v] as number);
  if (distance >= 0) addCut(cuts, e, v, distance);
}

/** Distance from a point to an edge it lies beside within the tolerance, else -1. */
function distanceBeside(state: State, e: number, px: number, py: number): number {
  const a = state.edges.ends[2 * e] as number;
  const b = state.edges.ends[2 * e + 1] as number;
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

/** Cuts two edges where they cross, if that is in cell c: two edges may share several cells. */
function cutAtCrossing(state: State, cells: Cells, c: number, e: number, f: number, cuts: Cuts): void {
  const { edges, x, y } = state;
  const a = edges.ends[2 * e] as number;
  const b = edges.ends[2 * e + 1] as number;
  const p = edges.ends[2 * f] as number;
  const q = edges.ends[2 * f + 1] as number;
  const ax = x[a] as number;
  const bx = x[b] as number;
  const px = x[p] as number;
  const qx = x[q] as number;
  if (Math.max(px, qx) < Math.min(ax, bx) || Math.min(px, qx) > Math.max(ax, bx)) return;
  const ay = y[a] as number;
  const by = y[b] as number;
  const py = y[p] as number;
  const qy = y[q] as number;
  if (Math.max(py, qy) < Math.min(ay, by) || Math.min(py, qy) > Math.max(ay, by)) return;
  const sideP = turn(ax, ay, bx, by, px, py);
  const sideQ = turn(ax, ay, bx, by, qx, qy);
  if (!((sideP > 0 && sideQ < 0) || (sideP < 0 && sideQ > 0))) return;
  const sideA = turn(px, py, qx, qy, ax, ay);
  const sideB = turn(px, py, qx, qy, bx, by);
  if (!((sideA > 0 && sideB < 0) || (sideA < 0 && sideB > 0))) return;
  const t = sideP / (sideP - sideQ);
  const cx = px + t * (qx - px);
  const cy = py + t * (qy - py);
  if (cellAt(cells, cx, cy) === c) crossAt(state, cells, c, e, f, cx, cy, cuts);
}

/** Edges e and f cross at a point: cuts both at the vertex that is there, or at a new one. */
function crossAt(
  state: State,
  cells: Cells,
  c: number,
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
    const from = cells.start[c] as number;
    const to = cells.start[c + 1] as number;
    countPairs(state, (to - from) / 4, e);
    if (v >= MAX_CROSSINGS + state.input.vertices) refuseTooDense(state.edges, e, 'too many crossings');
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
  const p = state.edges.ends[2 * f] as number;
  const q = state.edges.ends[2 * f + 1] as number;
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
