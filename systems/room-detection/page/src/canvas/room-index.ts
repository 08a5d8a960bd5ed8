/**
 * Finds the room under a point, and the rooms in view, among ten thousand: a uniform grid over the plan, each
 * cell listing the rooms whose box touches it, in two flat arrays.
 */
import type { Box, Position, Room } from '../../../rooms/index.ts';
import { unionOf } from './bounds.ts';
import type { Point } from './viewport.ts';

type Area = Pick<Room, 'polygon' | 'holes' | 'bbox' | 'area'>;

export interface RoomIndex {
  /** The index of the room that contains the point; where rooms lie in one another, the smallest. */
  roomAt(point: Point): number | undefined;
  /** Calls back once for each room whose box touches the given one. */
  forEachIn(box: Box, visit: (index: number) => void): void;
}

const mostCellsPerSide = 200;

export function createRoomIndex(rooms: readonly Area[]): RoomIndex {
  const bounds = unionOf(rooms.map(({ bbox }) => bbox));
  const side = Math.max(1, Math.min(mostCellsPerSide, Math.ceil(Math.sqrt(rooms.length))));
  const [minX, minY, maxX, maxY] = bounds;
  const column = cellOf(minX, maxX, side);
  const row = cellOf(minY, maxY, side);

  const forEachCell = (box: Box, visit: (cell: number) => void): void => {
    const lastRow = row(box[3]);
    const lastColumn = column(box[2]);
    for (let y = row(box[1]); y <= lastRow; y += 1) {
      for (let x = column(box[0]); x <= lastColumn; x += 1) visit(y * side + x);
    }
  };

  const starts = new Uint32Array(side * side + 1);
  for (const room of rooms) {
    forEachCell(room.bbox, (cell) => {
      starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
    });
  }
  for (let cell = 0; cell < side * side; cell += 1) {
    starts[cell + 1] = (starts[cell + 1] ?? 0) + (starts[cell] ?? 0);
  }
  const entries = new Uint32Array(starts[side * side] ?? 0);
  const next = starts.slice();
  rooms.forEach((room, index) => {
    forEachCell(room.bbox, (cell) => {
      const place = next[cell] ?? 0;
      entries[place] = index;
      next[cell] = place + 1;
    });
  });

  const seen = new Uint32Array(rooms.length);
  let round = 0;

  return {
    roomAt: (point) => {
      const [x, y] = point;
      if (x < minX || x > maxX || y < minY || y > maxY) return undefined;
      const cell = row(y) * side + column(x);
      let best: number | undefined;
      let bestArea = Number.POSITIVE_INFINITY;
      for (const index of entries.subarray(starts[cell] ?? 0, starts[cell + 1] ?? 0)) {
        const room = rooms[index];
        if (room !== undefined && room.area < bestArea && contains(room, x, y)) {
          best = index;
          bestArea = room.area;
        }
      }
      return best;
    },
    forEachIn: (box, visit) => {
      if (rooms.length === 0 || !touches(bounds, box)) return;
      round += 1;
      forEachCell(box, (cell) => {
        for (const index of entries.subarray(starts[cell] ?? 0, starts[cell + 1] ?? 0)) {
          const room = rooms[index];
          if (seen[index] === round || room === undefined) continue;
          seen[index] = round;
          if (touches(room.bbox, box)) visit(index);
        }
      });
    },
  };
}

const cellOf = (min: number, max: number, side: number): ((value: number) => number) => {
  const factor = max > min ? side / (max - min) : 0;
  return (value) => Math.min(side - 1, Math.max(0, Math.floor((value - min) * factor)));
};

export const touches = (one: Box, other: Box): boolean =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];

function contains(room: Area, x: number, y: number): boolean {
  const [minX, minY, maxX, maxY] = room.bbox;
  if (x < minX || x > maxX || y < minY || y > maxY) return false;
  return crosses(room.polygon, x, y) && !room.holes.some((hole) => crosses(hole, x, y));
}

/** Even-odd: whether a ray to the right crosses the ring an odd number of times. */
function crosses(ring: readonly Position[], x: number, y: number): boolean {
  let inside = false;
  let before = ring[ring.length - 1];
  for (const here of ring) {
    if (before !== undefined && here[1] > y !== before[1] > y) {
      const at = here[0] + ((y - here[1]) / (before[1] - here[1])) * (before[0] - here[0]);
      if (x < at) inside = !inside;
    }
    before = here;
  }
  return inside;
}
