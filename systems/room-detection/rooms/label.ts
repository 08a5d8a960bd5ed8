/** Finds a point inside a polygon with holes, well away from its border, where a label can stand. */
import type { Box, Position, Ring } from './types.ts';

/** Heights to look at, as shares of the box; -1 stands for the height of the centroid. */
const LINES: readonly number[] = [-1, 0.5, 0.31, 0.69, 0.17, 0.83, 0.07, 0.93];

/** The middle of the widest stretch that a few horizontal lines have inside the shape. */
export function labelPoint(outer: Ring, holes: readonly Ring[], centroid: Position, box: Box): Position {
  let best: Position = centroid;
  let widest = -1;
  for (const share of LINES) {
    const y = share < 0 ? centroid[1] : box[1] + share * (box[3] - box[1]);
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
