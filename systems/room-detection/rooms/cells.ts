/**
 * A grid over the plan that lists, for each cell, the edges that come within reach of it. Edges are entered row
 * by row, so that a long slanted wall costs its length in cells, not its box. The grid may be turned, so that a
 * comb of near-parallel walls falls into narrow strips.
 */
import { groupStarts, grownInts } from './arrays.ts';

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The plan as the grid sees it: turned by an angle, or as it is. */
export interface Frame {
  readonly cos: number;
  readonly sin: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly box: Box;
}

export interface Segments {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

export interface Cells {
  readonly frame: Frame;
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly minY: number;
  readonly width: number;
  readonly height: number;
  /** Cell c lists `edge[start[c]…start[c + 1] - 1]`. */
  readonly start: Int32Array;
  readonly edge: Int32Array;
  /** Number of pairs of edges that share a cell. */
  readonly pairs: number;
}

export function turnedFrame(x: Float64Array, y: Float64Array, count: number, angle: number): Frame {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const tx = new Float64Array(count);
  const ty = new Float64Array(count);
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let v = 0; v < count; v++) {
    const u = (x[v] as number) * cos + (y[v] as number) * sin;
    const w = (y[v] as number) * cos - (x[v] as number) * sin;
    tx[v] = u;
    ty[v] = w;
    minX = Math.min(minX, u);
    minY = Math.min(minY, w);
    maxX = Math.max(maxX, u);
    maxY = Math.max(maxY, w);
  }
  return { cos, sin, x: tx, y: ty, box: { minX, minY, maxX, maxY } };
}

export function cellsOf(edges: Segments, frame: Frame, reach: number): Cells {
  const grid = gridFor(edges, frame, reach);
  const { columns, minX, minY, width, height } = grid;
  const { x, y } = frame;
  const lastColumn = columns - 1;
  const lastRow = grid.rows - 1;
  let cells = new Int32Array(edges.count * 3 + 16);
  let entered = new Int32Array(edges.count * 3 + 16);
  let n = 0;
  for (let e = 0; e < edges.count; e++) {
    let a = edges.from[e] as number;
    let b = edges.to[e] as number;
    if ((y[a] as number) > (y[b] as number)) [a, b] = [b, a];
    const ax = x[a] as number;
    const ay = y[a] as number;
    const bx = x[b] as number;
    const by = y[b] as number;
    const low = Math.min(ax, bx) - reach;
    const high = Math.max(ax, bx) + reach;
    const bottom = clamp((ay - reach - minY) / height, lastRow);
    const top = clamp((by + reach - minY) / height, lastRow);
    const left = clamp((low - minX) / width, lastColumn);
    const right = clamp((high - minX) / width, lastColumn);
    const straight = bottom === top || left === right || ay === by;
    const slope = straight ? 0 : (bx - ax) / (by - ay);
    for (let row = bottom; row <= top; row++) {
      let first = left;
      let last = right;
      if (!straight) {
        // The part of the edge within reach of the row, widened by the reach on both sides.
        const y0 = Math.max(ay, minY + row * height - 1.01 * reach);
        const y1 = Math.min(by, minY + (row + 1) * height + 1.01 * reach);
        const x0 = ax + slope * (y0 - ay);
        const x1 = ax + slope * (y1 - ay);
        first = clamp((Math.max(low, Math.min(x0, x1) - 1.01 * reach) - minX) / width, lastColumn);
        last = clamp((Math.min(high, Math.max(x0, x1) + 1.01 * reach) - minX) / width, lastColumn);
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
  const start = groupStarts(cells, n, columns * grid.rows);
  const at = start.slice();
  const edge = new Int32Array(n);
  for (let i = 0; i < n; i++) {
    const c = cells[i] as number;
    const slot = at[c] as number;
    at[c] = slot + 1;
    edge[slot] = entered[i] as number;
  }
  let pairs = 0;
  for (let c = 0; c < columns * grid.rows; c++) {
    const k = (start[c + 1] as number) - (start[c] as number);
    pairs += (k * (k - 1)) / 2;
  }
  return { ...grid, frame, start, edge, pairs };
}

/** Crossings that the grid is laid out for; a plan with more has fuller cells. */
const MOST_CROSSINGS = 4_000_000;

/**
 * The raster: about as many cells as edges and expected crossings. Cells are square, or long in the direction of
 * the walls where square ones would list each wall too often.
 */
function gridFor(
  edges: Segments,
  frame: Frame,
  reach: number,
): Pick<Cells, 'columns' | 'rows' | 'minX' | 'minY' | 'width' | 'height'> {
  const { x, y, box } = frame;
  const w = box.maxX - box.minX;
  const h = box.maxY - box.minY;
  let alongX = 0;
  let alongY = 0;
  for (let e = 0; e < edges.count; e++) {
    const a = edges.from[e] as number;
    const b = edges.to[e] as number;
    alongX += Math.abs((x[b] as number) - (x[a] as number));
    alongY += Math.abs((y[b] as number) - (y[a] as number));
  }
  const n = edges.count + 8;
  // Lines thrown at random on an area cross this often (Buffon).
  const length = Math.hypot(alongX, alongY);
  const crossings = w > 0 && h > 0 ? Math.min(MOST_CROSSINGS, (length * length) / (Math.PI * w * h)) : 0;
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
  // Half a cell more than the box, so that walls on a raster do not run along the borders of cells.
  return {
    columns: columns + 1,
    rows: rows + 1,
    minX: box.minX - width / 2,
    minY: box.minY - height / 2,
    width,
    height,
  };
}

function clamp(place: number, last: number): number {
  return Math.max(0, Math.min(last, Math.floor(place)));
}

/** The cell that holds a point, given in the coordinates of the plan. */
export function cellAt(cells: Cells, x: number, y: number): number {
  const { cos, sin } = cells.frame;
  const turned = sin !== 0;
  const u = turned ? x * cos + y * sin : x;
  const w = turned ? y * cos - x * sin : y;
  return rowOf(cells, w) * cells.columns + columnOf(cells, u);
}

export function columnOf(cells: Cells, x: number): number {
  return clamp((x - cells.minX) / cells.width, cells.columns - 1);
}

export function rowOf(cells: Cells, y: number): number {
  return clamp((y - cells.minY) / cells.height, cells.rows - 1);
}
