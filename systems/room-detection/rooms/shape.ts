/** Measures of a polygon with holes: centroid, perimeter, box, and a point inside for its label. */
import type { Box, Position, Ring } from './types.ts';

export function boxOf(ring: Ring): Box {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const [x, y] of ring) {
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return [minX, minY, maxX, maxY];
}

export function lengthOf(ring: Ring): number {
  let length = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    length += Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  }
  return length;
}

export interface Mass {
  readonly area: number;
  readonly centroid: Position;
  /** No corner of the outer ring turns right, and there is no hole. */
  readonly convex: boolean;
}

/** Holes turn the other way, so their area and moments subtract by themselves. */
export function massOf(outer: Ring, holes: readonly Ring[]): Mass {
  const [x0, y0] = outer[0] as Position;
  let twice = 0;
  let mx = 0;
  let my = 0;
  let convex = holes.length === 0;
  for (let r = -1; r < holes.length; r++) {
    const ring = r < 0 ? outer : (holes[r] as Ring);
    for (let i = 1; i < ring.length; i++) {
      const p = ring[i - 1] as Position;
      const q = ring[i] as Position;
      const px = p[0] - x0;
      const py = p[1] - y0;
      const qx = q[0] - x0;
      const qy = q[1] - y0;
      const cross = px * qy - qx * py;
      twice += cross;
      mx += (px + qx) * cross;
      my += (py + qy) * cross;
      if (convex) {
        const s = ring[i === ring.length - 1 ? 1 : i + 1] as Position;
        convex = (q[0] - p[0]) * (s[1] - q[1]) >= (q[1] - p[1]) * (s[0] - q[0]);
      }
    }
  }
  return { area: twice / 2, centroid: [x0 + mx / (3 * twice), y0 + my / (3 * twice)], convex };
}

/**
 * A point inside: the centroid where the shape is convex, else the middle of the widest stretch that a few
 * horizontal lines have inside the shape.
 */
export function labelPoint(outer: Ring, holes: readonly Ring[], mass: Mass, box: Box): Position {
  if (mass.convex) return [mass.centroid[0], mass.centroid[1]];
  const height = box[3] - box[1];
  let best: Position = mass.centroid;
  let widest = -1;
  for (const share of LINES) {
    const y = share < 0 ? mass.centroid[1] : box[1] + share * height;
    const crossings = crossingsAt(y, outer, holes);
    for (let i = 1; i < crossings.length; i += 2) {
      const from = crossings[i - 1] as number;
      const to = crossings[i] as number;
      if (to - from > widest * 1.0001) {
        widest = to - from;
        best = [(from + to) / 2, y];
      }
    }
  }
  return best;
}

/** -1 stands for the height of the centroid. */
const LINES: readonly number[] = [-1, 0.5, 0.31, 0.69, 0.17, 0.83, 0.07, 0.93];

function crossingsAt(y: number, outer: Ring, holes: readonly Ring[]): number[] {
  const crossings: number[] = [];
  for (let r = -1; r < holes.length; r++) {
    const ring = r < 0 ? outer : (holes[r] as Ring);
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1] as Position;
      const [bx, by] = ring[i] as Position;
      if (ay > y === by > y) continue;
      crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax));
    }
  }
  return crossings.sort((a, b) => a - b);
}
