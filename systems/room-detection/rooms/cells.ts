/**
 * A grid over the plan that lists, for each cell, the edges that come within the tolerance of it. An edge is
 * entered row by row, so that a long slanted wall costs its length in cells, not its box.
 */
import type { Edges } from './edges.ts';

export interface Cells {
  readonly columns: number;
  readonly rows: number;
  readonly minX: number;
  readonly minY: number;
  readonly perX: number;
  readonly perY: number;
  /** Cell c lists `edge[start[c]…start[c + 1] - 1]`. */
  readonly start: Int32Array;
  readonly edge: Int32Array;
}

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The walk of an edge through the grid, one row at a time; calls `visit(firstCell, lastCell)`. */
type Visit = (first: number, last: number) => void;

export function cellsOf(edges: Edges, x: Float64Array, y: Float64Array, box: Box, reach: number): Cells {
  const width = box.maxX - box.minX;
  const height = box.maxY - box.minY;
  let lengths = 0;
  for (let e = 0; e < edges.count; e++) {
    const a = edges.from[e] as number;
    const b = edges.to[e] as number;
    lengths += Math.abs((x[b] as number) - (x[a] as number)) + Math.abs((y[b] as number) - (y[a] as number));
  }
  // About two cells an edge, and not many more cells than edges.
  const side = Math.max(
    lengths / (edges.count + 256),
    Math.sqrt((width * height) / (2 * edges.count + 256)),
    Math.max(width, height) / (4 * edges.count + 256),
    4 * reach,
  );
  // The grid starts half a cell outside, so that walls on a raster do not run along the borders of cells.
  const columns = Math.floor(width / side + 0.5) + 1;
  const rows = Math.floor(height / side + 0.5) + 1;
  const grid = {
    columns,
    rows,
    minX: box.minX - side / 2,
    minY: box.minY - side / 2,
    perX: 1 / side,
    perY: 1 / side,
  };
  const start = new Int32Array(columns * rows + 1);
  const count: Visit = (first, last) => {
    for (let c = first; c <= last; c++) start[c + 1] = (start[c + 1] as number) + 1;
  };
  for (let e = 0; e < edges.count; e++) walk(grid, edges, x, y, reach, e, count);
  for (let c = 0; c < columns * rows; c++) start[c + 1] = (start[c + 1] as number) + (start[c] as number);
  const edge = new Int32Array(start[columns * rows] as number);
  const at = start.slice();
  let current = 0;
  const enter: Visit = (first, last) => {
    for (let c = first; c <= last; c++) {
      const slot = at[c] as number;
      at[c] = slot + 1;
      edge[slot] = current;
    }
  };
  for (current = 0; current < edges.count; current++) walk(grid, edges, x, y, reach, current, enter);
  return { ...grid, start, edge };
}

type Grid = Omit<Cells, 'start' | 'edge'>;

function walk(
  grid: Grid,
  edges: Edges,
  x: Float64Array,
  y: Float64Array,
  reach: number,
  e: number,
  visit: Visit,
): void {
  const a = edges.from[e] as number;
  const b = edges.to[e] as number;
  let ax = x[a] as number;
  let ay = y[a] as number;
  let bx = x[b] as number;
  let by = y[b] as number;
  if (ay > by) {
    [ax, bx] = [bx, ax];
    [ay, by] = [by, ay];
  }
  const top = rowOf(grid, by + reach);
  const bottom = rowOf(grid, ay - reach);
  const low = Math.min(ax, bx) - reach;
  const high = Math.max(ax, bx) + reach;
  const firstColumn = columnOf(grid, low);
  const lastColumn = columnOf(grid, high);
  if (top === bottom || firstColumn === lastColumn) {
    for (let row = bottom; row <= top; row++) {
      visit(row * grid.columns + firstColumn, row * grid.columns + lastColumn);
    }
    return;
  }
  const slope = (bx - ax) / (by - ay);
  for (let row = bottom; row <= top; row++) {
    // The part of the edge that comes within reach of the row, widened by the reach on both sides.
    const y0 = Math.max(ay, grid.minY + row / grid.perY - 1.01 * reach);
    const y1 = Math.min(by, grid.minY + (row + 1) / grid.perY + 1.01 * reach);
    const x0 = ax + slope * (y0 - ay);
    const x1 = ax + slope * (y1 - ay);
    const from = Math.max(low, Math.min(x0, x1) - 1.01 * reach);
    const to = Math.min(high, Math.max(x0, x1) + 1.01 * reach);
    visit(row * grid.columns + columnOf(grid, from), row * grid.columns + columnOf(grid, to));
  }
}

export function columnOf(grid: Grid, x: number): number {
  return Math.max(0, Math.min(grid.columns - 1, Math.floor((x - grid.minX) * grid.perX)));
}

export function rowOf(grid: Grid, y: number): number {
  return Math.max(0, Math.min(grid.rows - 1, Math.floor((y - grid.minY) * grid.perY)));
}
