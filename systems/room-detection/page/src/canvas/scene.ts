/** A plan made ready to paint: flat wall coordinates, an index of rooms, a colour for each. */
import type { Box, Repair, Room, Wall } from '../../../rooms/index.ts';
import { isUncertain } from '../plan/result.ts';
import { boundsOf } from './bounds.ts';
import { colourRooms } from './colours.ts';
import { createRoomIndex, type RoomIndex } from './room-index.ts';

export interface Scene {
  readonly bounds: Box;
  /** x1, y1, x2, y2 for each wall. */
  readonly walls: Float64Array;
  readonly bearing: Uint8Array;
  readonly meanWall: number;
  readonly rooms: readonly Room[];
  readonly index: RoomIndex;
  readonly colours: Uint8Array;
  readonly uncertain: readonly number[];
  readonly repairs: readonly Repair[];
}

export function buildScene(
  walls: readonly Wall[],
  rooms: readonly Room[] = [],
  repairs: readonly Repair[] = [],
): Scene {
  const flat = new Float64Array(walls.length * 4);
  const bearing = new Uint8Array(walls.length);
  let length = 0;
  walls.forEach(({ start, end, is_load_bearing }, index) => {
    flat.set([start[0], start[1], end[0], end[1]], index * 4);
    bearing[index] = is_load_bearing ? 1 : 0;
    length += Math.hypot(end[0] - start[0], end[1] - start[1]);
  });
  return {
    bounds: boundsOf(walls),
    walls: flat,
    bearing,
    meanWall: length / Math.max(1, walls.length),
    rooms,
    index: createRoomIndex(rooms),
    colours: colourRooms(rooms),
    uncertain: rooms.flatMap((room, index) => (isUncertain(room) ? [index] : [])),
    repairs,
  };
}
