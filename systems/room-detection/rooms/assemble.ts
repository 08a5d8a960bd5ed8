/** Makes the rooms of the result out of faces: rings, measures, walls, neighbours, ids. */
import type { Faces } from './faces.ts';
import type { Arrangement } from './noding.ts';
import { drawnRing, signedArea, simpleRings } from './rings.ts';
import { boxOf, labelPoint, lengthOf, massOf } from './shape.ts';
import type { Ring, Room, Wall } from './types.ts';

/** The rooms, one for each face that `isRoom` lets through, in the order of their lowest vertices. */
export function assembleRooms(
  plan: Arrangement,
  faces: Faces,
  holder: Int32Array,
  walls: readonly Wall[],
  confidenceOf: (cycle: number) => number,
  isRoom: (cycle: number) => boolean,
): Room[] {
  const inside = heldBy(faces, holder);
  const roomOf = new Int32Array(faces.cycles).fill(-1);
  const rooms: Room[] = [];
  const taken = new Set<string>();
  const outlines: number[][] = [];
  for (let c = 0; c < faces.cycles; c++) {
    if ((faces.area[c] as number) <= 0 || !isRoom(c)) continue;
    roomOf[c] = rooms.length;
    const cycles = [c, ...(inside.get(c) ?? [])];
    outlines.push(cycles);
    rooms.push(roomAround(plan, faces, cycles, walls, confidenceOf(c), taken));
  }
  rooms.forEach((room, r) => {
    const seen = new Set<number>();
    for (const cycle of outlines[r] as number[]) {
      forEachHalf(faces, cycle, (h) => {
        const behind = faceBehind(faces, holder, h);
        const other = behind < 0 ? -1 : (roomOf[behind] as number);
        if (other >= 0 && other !== r) seen.add(other);
      });
    }
    room.neighbours = [...seen].sort((a, b) => a - b).map((other) => (rooms[other] as Room).id);
  });
  return rooms;
}

/** The face on the other side of a half-edge, -1 for the outside of the plan. */
export function faceBehind(faces: Faces, holder: Int32Array, half: number): number {
  const cycle = faces.cycleOf[half ^ 1] as number;
  return cycle < 0 ? -1 : (holder[cycle] as number);
}

export function forEachHalf(faces: Faces, cycle: number, visit: (half: number) => void): void {
  const start = faces.first[cycle] as number;
  let h = start;
  do {
    visit(h);
    h = faces.next[h] as number;
  } while (h !== start);
}

/** The outsides that lie in each face. */
export function heldBy(faces: Faces, holder: Int32Array): Map<number, number[]> {
  const inside = new Map<number, number[]>();
  for (let c = 0; c < faces.cycles; c++) {
    const face = holder[c] as number;
    if (face < 0 || face === c) continue;
    const list = inside.get(face);
    if (list === undefined) inside.set(face, [c]);
    else list.push(c);
  }
  return inside;
}

function roomAround(
  plan: Arrangement,
  faces: Faces,
  cycles: readonly number[],
  walls: readonly Wall[],
  confidence: number,
  taken: Set<string>,
): Room {
  let polygon: Ring = [];
  const holes: Ring[] = [];
  const bordering = new Set<number>();
  for (const cycle of cycles) {
    for (const ring of simpleRings(plan, faces, cycle)) {
      const drawn = drawnRing(plan, ring);
      if (cycle === cycles[0] && signedArea(plan, ring) > 0) polygon = drawn;
      else holes.push(drawn);
    }
    forEachHalf(faces, cycle, (h) => {
      const e = h >> 1;
      const end = plan.edges.wallStart[e + 1] as number;
      for (let i = plan.edges.wallStart[e] as number; i < end; i++) {
        bordering.add(plan.edges.wall[i] as number);
      }
    });
  }
  holes.sort((a, b) => compareRings(a, b));
  const mass = massOf(polygon, holes);
  const box = boxOf(polygon);
  const wallList = [...bordering].sort((a, b) => a - b);
  return {
    id: freeId(polygon, taken),
    polygon,
    holes,
    area: mass.area,
    perimeter: holes.reduce((sum, ring) => sum + lengthOf(ring), lengthOf(polygon)),
    centroid: mass.centroid,
    label_point: labelPoint(polygon, holes, mass, box),
    bbox: box,
    walls: wallList,
    load_bearing_walls: wallList.filter((w) => walls[w]?.is_load_bearing === true),
    neighbours: [],
    confidence,
  };
}

function compareRings(a: Ring, b: Ring): number {
  const [ax = 0, ay = 0] = a[0] ?? [];
  const [bx = 0, by = 0] = b[0] ?? [];
  return ay - by || ax - bx;
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/** A name made from the corners of the outer ring, so that it outlives any reordering of the walls. */
function freeId(polygon: Ring, taken: Set<string>): string {
  let high = 0x243f6a88;
  let low = 0x85a308d3;
  for (const [x, y] of polygon) {
    // Adding 0 turns -0 into 0.
    bits[0] = x + 0;
    high = Math.imul(high ^ (words[0] as number), 0x9e3779b1);
    low = Math.imul(low ^ (words[1] as number) ^ (high >>> 15), 0x85ebca6b);
    bits[0] = y + 0;
    high = Math.imul(high ^ (words[0] as number) ^ (low >>> 13), 0xc2b2ae35);
    low = Math.imul(low ^ (words[1] as number) ^ (high >>> 16), 0x27d4eb2f);
  }
  high ^= low >>> 15;
  const name = `room_${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
  let id = name;
  for (let i = 2; taken.has(id); i++) id = `${name}_${i}`;
  taken.add(id);
  return id;
}
