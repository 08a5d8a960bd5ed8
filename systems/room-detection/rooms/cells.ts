/**
 * A grid over the plan that lists, for each cell, the edges that come within reach of it. Edges are entered row
 * by row, so that a long slanted wall costs its length in cells, not its box.
 */
import { groupStarts, grownInts } from './arrays.ts';
import { scratchInts } from './scratch.ts';

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** Where the vertices of the edges are. */
export interface Frame {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly box: Box;
}

export interface Segments {
  readonly count: number;
  readonly ends: Int32Array;
}

/** How one direction is cut: evenly, or at given places where the plan is not spread evenly. */
export interface Axis {
  readonly count: number;
  readonly from: number;
  readonly step: number;
  /** `count + 1` ascending places; null for even steps. */
  readonly places: Float64Array | null;
}

export interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly across: Axis;
  readonly up: Axis;
  /** Cell c lists `edge[start[c]…start[c + 1] - 1]`. */
  readonly start: Int32Array;
  readonly edge: Int32Array;
  /** Number of pairs of edges that share a cell. */
  readonly pairs: number;
}

/** The slot of an axis that holds a place; what lies outside belongs to the first or the last. */
export function slotOf(axis: Axis, place: number): number {
  const { places } = axis;
  if (places === null) {
    return Math.max(0, Math.min(axis.count - 1, Math.floor((place - axis.from) / axis.step)));
  }
  let low = 0;
  let high = axis.count;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) <= place) low = middle;
    else high = middle;
  }
  return low;
}

/** Where a slot begins. */
export function slotStart(axis: Axis, slot: number): number {
  return axis.places === null ? axis.from + slot * axis.step : (axis.places[slot] as number);
}

/** `spread` cuts the axes so that each slot holds about as many ends as any other. */
export function cellsOf(edges: Segments, frame: Frame, reach: number, spread = false): Cells {
  const shape = shapeFor(edges, frame, reach);
  const across = spread ? spreadAxis(edges, frame.x, shape.columns, reach) : shape.across;
  const up = spread ? spreadAxis(edges, frame.y, shape.rows, reach) : shape.up;
  const columns = across.count;
  const rows = up.count;
  const { x, y } = frame;
  let cells = scratchInts(edges.count * 3 + 16);
  let entered = scratchInts(edges.count * 3 + 16);
  let n = 0;
  for (let e = 0; e < edges.count; e++) {
    let a = edges.ends[2 * e] as number;
    let b = edges.ends[2 * e + 1] as number;
    if ((y[a] as number) > (y[b] as number)) [a, b] = [b, a];
    const ax = x[a] as number;
    const ay = y[a] as number;
    const bx = x[b] as number;
    const by = y[b] as number;
    const low = Math.min(ax, bx) - reach;
    const high = Math.max(ax, bx) + reach;
    const bottom = slotOf(up, ay - reach);
    const top = slotOf(up, by + reach);
    const left = slotOf(across, low);
    const right = slotOf(across, high);
    const straight = bottom === top || left === right || ay === by;
    const slope = straight ? 0 : (bx - ax) / (by - ay);
    for (let row = bottom; row <= top; row++) {
      let first = left;
      let last = right;
      if (!straight) {
        // The part of the edge within reach of the row, widened by the reach on both sides.
        const y0 = Math.max(ay, slotStart(up, row) - 1.01 * reach);
        const y1 = Math.min(by, slotStart(up, row + 1) + 1.01 * reach);
        const x0 = ax + slope * (y0 - ay);
        const x1 = ax + slope * (y1 - ay);
        first = slotOf(across, Math.max(low, Math.min(x0, x1) - 1.01 * reach));
        last = slotOf(across, Math.min(high, Math.max(x0, x1) + 1.01 * reach));
      }
      if (n + columns > cells.length) {
        cells = grownInts(cells, 2 * cells.length + columns);
        entered = grownInts(entered, cells.length);
      }
      for (let c = row * columns + first; c <= row * columns + last; c++) {
        cells[n] = c;
        entered[n++] = e;
      }
    }
  }
  const start = groupStarts(cells, n, columns * rows);
  const at = scratchInts(start.length);
  at.set(start);
  const edge = scratchInts(n);
  for (let i = 0; i < n; i++) {
    const c = cells[i] as number;
    const slot = at[c] as number;
    at[c] = slot + 1;
    edge[slot] = entered[i] as number;
  }
  let pairs = 0;
  for (let c = 0; c < columns * rows; c++) {
    const k = (start[c + 1] as number) - (start[c] as number);
    pairs += (k * (k - 1)) / 2;
  }
  return { columns, rows, across, up, start, edge, pairs };
}

/** Crossings that the grid is laid out for; a plan with more has fuller cells. */
const MAX_CROSSINGS = 4_000_000;

/**
 * The raster: about as many cells as edges and expected crossings. Cells are square, or long in the direction of
 * the walls where square ones would list each wall too often.
 */
function shapeFor(
  edges: Segments,
  frame: Frame,
  reach: number,
): Pick<Cells, 'columns' | 'rows' | 'across' | 'up'> {
  const { x, y, box } = frame;
  const w = box.maxX - box.minX;
  const h = box.maxY - box.minY;
  let alongX = 0;
  let alongY = 0;
  let length = 0;
  let cos = 0;
  let sin = 0;
  for (let e = 0; e < edges.count; e++) {
    const a = edges.ends[2 * e] as number;
    const b = edges.ends[2 * e + 1] as number;
    const dx = (x[b] as number) - (x[a] as number);
    const dy = (y[b] as number) - (y[a] as number);
    const l = Math.sqrt(dx * dx + dy * dy);
    alongX += Math.abs(dx);
    alongY += Math.abs(dy);
    length += l;
    cos += (dx * dx - dy * dy) / l;
    sin += (2 * dx * dy) / l;
  }
  const n = edges.count + 8;
  // Lines thrown at random on an area cross so often (Buffon); those of one direction do not.
  const thrown = w > 0 && h > 0 ? (length * length - cos * cos - sin * sin) / (Math.PI * w * h) : 0;
  const crossings = Math.max(0, Math.min(MAX_CROSSINGS, thrown));
  const budget = 4 * n + 4 * crossings;
  let cells = Math.max(16, (n + crossings) / 3);
  const spansX = w > 0 ? alongX / w : 0;
  const spansY = h > 0 ? alongY / h : 0;
  const mostColumns = Math.max(1, Math.min(4 * n, w / (4 * reach)));
  const mostRows = Math.max(1, Math.min(4 * n, h / (4 * reach)));
  const shape = (ratio: number): readonly [number, number] => {
    const columns = Math.max(1, Math.min(mostColumns, Math.sqrt(cells * ratio)));
    const rows = Math.max(1, Math.min(mostRows, cells / columns));
    return [Math.max(columns, Math.min(mostColumns, cells / rows)), rows];
  };
  let [columns, rows] = shape(h > 0 ? w / h : cells);
  if (spansX * columns + spansY * rows > budget) {
    const ratio = (spansY + 1) / (spansX + 1);
    [columns, rows] = shape(ratio);
    while (cells > 1 && spansX * columns + spansY * rows > budget) {
      cells /= 2;
      [columns, rows] = shape(ratio);
    }
  }
  columns = Math.max(1, Math.floor(columns));
  rows = Math.max(1, Math.floor(rows));
  const width = w > 0 ? w / columns : 1;
  const height = h > 0 ? h / rows : 1;
  columns++;
  rows++;
  // Half a cell more than the box, so that walls on a raster do not run along the borders of cells.
  return {
    columns,
    rows,
    across: { count: columns, from: box.minX - width / 2, step: width, places: null },
    up: { count: rows, from: box.minY - height / 2, step: height, places: null },
  };
}

/** Ends to look at for each slot of a spread axis. */
const SAMPLED = 16;

function spreadAxis(edges: Segments, at: Float64Array, count: number, reach: number): Axis {
  // A sample of the ends will do to tell where they are; edges are sorted by place, so it is spread as they are.
  const step = Math.floor(edges.count / (SAMPLED * (count + 1000))) + 1;
  const all = new Float64Array(2 * Math.ceil(edges.count / step));
  for (let e = 0, i = 0; e < edges.count; e += step) {
    all[i++] = at[edges.ends[2 * e] as number] as number;
    all[i++] = at[edges.ends[2 * e + 1] as number] as number;
  }
  all.sort();
  const places = new Float64Array(count + 1);
  let n = 0;
  for (let i = 0; i < count; i++) {
    const place = all[Math.floor((i * all.length) / count)] as number;
    if (n === 0 || place > (places[n - 1] as number) + 4 * reach) places[n++] = place;
  }
  // Between neighbouring ends, for the same reason as half a cell in an even grid.
  for (let i = n - 1; i > 0; i--) places[i] = ((places[i] as number) + (places[i - 1] as number)) / 2;
  places[n] = Infinity;
  return { count: n, from: 0, step: 0, places: places.subarray(0, n + 1) };
}

/** The cell that holds a point. */
export function cellAt(cells: Cells, x: number, y: number): number {
  return slotOf(cells.up, y) * cells.columns + slotOf(cells.across, x);
}
