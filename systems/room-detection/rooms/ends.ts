/**
 * Joins the ends of walls: ends within the tolerance become one vertex. Vertices are numbered by place, not by
 * the order of the walls, and everything after this step follows that numbering.
 */
import { groupStarts, sortedByKey } from './arrays.ts';
import type { Drawing, Scale } from './scale.ts';
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

export function joinEnds(drawing: Drawing, scale: Scale): Ends {
  const points = drawing.walls * 2;
  const index = new Vertices(drawing.minX, drawing.minY, scale.scale / 2, scale.tolerance, points);
  const found = new Int32Array(points);
  for (let p = 0; p < points; p++) {
    const px = drawing.x[p] as number;
    const py = drawing.y[p] as number;
    const v = index.find(px, py);
    found[p] = v >= 0 ? v : index.add(px, py);
  }
  const count = index.count;
  const x = index.x.slice(0, count);
  const y = index.y.slice(0, count);
  // The corner that is kept is one that was drawn, and the same one in whatever order the walls come.
  for (let p = 0; p < points; p++) {
    const v = found[p] as number;
    const px = drawing.x[p] as number;
    const py = drawing.y[p] as number;
    const vx = x[v] as number;
    if (px < vx || (px === vx && py < (y[v] as number))) {
      x[v] = px;
      y[v] = py;
    }
  }
  const rank = placeOrder(drawing, x, y, count);
  const placedX = new Float64Array(count);
  const placedY = new Float64Array(count);
  for (let v = 0; v < count; v++) {
    const at = rank[v] as number;
    placedX[at] = x[v] as number;
    placedY[at] = y[v] as number;
  }
  const moved = new Float64Array(count);
  for (let p = 0; p < points; p++) {
    const v = rank[found[p] as number] as number;
    found[p] = v;
    const dx = (drawing.x[p] as number) - (placedX[v] as number);
    const dy = (drawing.y[p] as number) - (placedY[v] as number);
    if (dx === 0 && dy === 0) continue;
    moved[v] = Math.max(moved[v] as number, Math.sqrt(dx * dx + dy * dy));
  }
  return { count, x: placedX, y: placedY, vertexOf: found, moved };
}

/** The rank of each vertex: by row and column of a grid, then by x and y, which keeps neighbours close. */
function placeOrder(drawing: Drawing, x: Float64Array, y: Float64Array, count: number): Int32Array {
  const width = drawing.maxX - drawing.minX;
  const height = drawing.maxY - drawing.minY;
  const side = Math.max(Math.sqrt((width * height) / count), Math.max(width, height) / count);
  const columns = Math.min(Math.floor(width / side) + 1, count + 1);
  const rows = Math.min(Math.floor(height / side) + 1, Math.floor((2 * count + 2) / columns) + 1);
  const cells = new Int32Array(count);
  for (let v = 0; v < count; v++) {
    const column = Math.min(columns - 1, Math.floor(((x[v] as number) - drawing.minX) / side));
    const row = Math.min(rows - 1, Math.floor(((y[v] as number) - drawing.minY) / side));
    cells[v] = row * columns + column;
  }
  const starts = groupStarts(cells, count, rows * columns);
  const order = sortedByKey(cells, count, starts, null);
  const before = (a: number, b: number): number =>
    (x[a] as number) - (x[b] as number) || (y[a] as number) - (y[b] as number);
  for (let c = 0; c < rows * columns; c++) {
    const from = starts[c] as number;
    const to = starts[c + 1] as number;
    if (to - from > 12) order.subarray(from, to).sort(before);
    else sortFew(order, from, to, before);
  }
  const rank = new Int32Array(count);
  for (let i = 0; i < count; i++) rank[order[i] as number] = i;
  return rank;
}

/** Insertion sort of a short stretch. */
export function sortFew(
  items: Int32Array,
  from: number,
  to: number,
  before: (a: number, b: number) => number,
): void {
  for (let i = from + 1; i < to; i++) {
    const item = items[i] as number;
    let j = i - 1;
    while (j >= from && before(items[j] as number, item) > 0) {
      items[j + 1] = items[j] as number;
      j--;
    }
    items[j + 1] = item;
  }
}
