/**
 * Joins the ends of walls that coincide into vertices. Vertices are numbered by place, not by
 * the order of the walls, and everything after this step follows that numbering.
 */
import { groupStarts, sortedByKey, sortKeyed } from './arrays.ts';
import type { Drawing } from './scale.ts';
import { scratchFloats, scratchInts } from './scratch.ts';
import { Vertices } from './vertices.ts';

export interface Ends {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Vertex of each point of the drawing. */
  readonly vertexOf: Int32Array;
  /** How far the farthest end was moved to its vertex. */
  readonly moved: Float64Array;
}

/** Joins ends that coincide, up to rounding. */
export function joinEnds(drawing: Drawing, scale: number, rounding: number): Ends {
  const points = drawing.walls * 2;
  const px = drawing.x;
  const py = drawing.y;
  const index = new Vertices(drawing, scale / 2, rounding, points);
  const vertexOf = scratchInts(points);
  for (let p = 0; p < points; p++) {
    const v = index.find(px[p] as number, py[p] as number);
    vertexOf[p] = v >= 0 ? v : index.add(px[p] as number, py[p] as number);
  }
  const count = index.count;
  const x = scratchFloats(count);
  const y = scratchFloats(count);
  x.set(index.x.subarray(0, count));
  y.set(index.y.subarray(0, count));
  // The corner that is kept is one that was drawn, and the same one in whatever order the walls come.
  for (let p = 0; p < points; p++) {
    const v = vertexOf[p] as number;
    const ex = px[p] as number;
    const vx = x[v] as number;
    if (ex < vx || (ex === vx && (py[p] as number) < (y[v] as number))) {
      x[v] = ex;
      y[v] = py[p] as number;
    }
  }
  const ends = placed(drawing, vertexOf, x, y, count);
  return ends;
}

/** Numbers vertices by their place. */
export function placed(
  drawing: Drawing,
  vertexOf: Int32Array,
  x: Float64Array,
  y: Float64Array,
  count: number,
): Ends {
  const order = placeOrder(drawing, x, y, count);
  const rank = scratchInts(count);
  const placedX = scratchFloats(count);
  const placedY = scratchFloats(count);
  for (let at = 0; at < count; at++) {
    const v = order[at] as number;
    rank[v] = at;
    placedX[at] = x[v] as number;
    placedY[at] = y[v] as number;
  }
  const moved = scratchFloats(count).fill(0);
  const points = drawing.walls * 2;
  for (let p = 0; p < points; p++) {
    const v = rank[vertexOf[p] as number] as number;
    vertexOf[p] = v;
    const dx = (drawing.x[p] as number) - (placedX[v] as number);
    const dy = (drawing.y[p] as number) - (placedY[v] as number);
    if (dx === 0 && dy === 0) continue;
    moved[v] = Math.max(moved[v] as number, Math.sqrt(dx * dx + dy * dy));
  }
  return { count, x: placedX, y: placedY, vertexOf, moved };
}

/** The vertices by row and column of a grid, within a cell by x and y, which keeps neighbours close. */
function placeOrder(drawing: Drawing, x: Float64Array, y: Float64Array, count: number): Int32Array {
  const width = drawing.maxX - drawing.minX;
  const height = drawing.maxY - drawing.minY;
  const side = Math.max(Math.sqrt((width * height) / count), Math.max(width, height) / count);
  const columns = Math.min(Math.floor(width / side) + 1, count + 1);
  const rows = Math.min(Math.floor(height / side) + 1, Math.floor((2 * count + 2) / columns) + 1);
  const cells = scratchInts(count);
  for (let v = 0; v < count; v++) {
    const column = Math.min(columns - 1, Math.floor(((x[v] as number) - drawing.minX) / side));
    const row = Math.min(rows - 1, Math.floor(((y[v] as number) - drawing.minY) / side));
    cells[v] = row * columns + column;
  }
  const starts = groupStarts(cells, count, rows * columns);
  const order = sortedByKey(cells, count, starts, null);
  const keys = scratchFloats(count);
  for (let c = 0; c < rows * columns; c++) {
    const from = starts[c] as number;
    const to = starts[c + 1] as number;
    if (to - from > 1) sortCell(order, keys, x, y, from, to);
  }
  return order;
}

/** Sorts the vertices of one cell by x, and those of equal x by y. */
function sortCell(
  order: Int32Array,
  keys: Float64Array,
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) keys[i] = x[order[i] as number] as number;
  sortKeyed(keys, order, from, to);
  for (let start = from; start < to; ) {
    let end = start + 1;
    while (end < to && keys[end] === keys[start]) end++;
    if (end - start > 1) {
      for (let i = start; i < end; i++) keys[i] = y[order[i] as number] as number;
      sortKeyed(keys, order, start, end);
    }
    start = end;
  }
}
