/** The smallest box around walls or around other boxes; of nothing, a box that no point lies in. */
import type { Box, Wall } from '../../../rooms/index.ts';

export function unionOf(boxes: Iterable<Box>): Box {
  let [minX, minY, maxX, maxY] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  for (const box of boxes) {
    minX = Math.min(minX, box[0]);
    minY = Math.min(minY, box[1]);
    maxX = Math.max(maxX, box[2]);
    maxY = Math.max(maxY, box[3]);
  }
  return [minX, minY, maxX, maxY];
}

export const boundsOf = (walls: readonly Wall[]): Box => unionOf(walls.map(boxOf));

const boxOf = ({ start, end }: Wall): Box => [
  Math.min(start[0], end[0]),
  Math.min(start[1], end[1]),
  Math.max(start[0], end[0]),
  Math.max(start[1], end[1]),
];
