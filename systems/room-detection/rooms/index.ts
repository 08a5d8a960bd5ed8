/**
 * Room detection: wall segments in, rooms out. A pure library: no files, no network, no clock but the one it
 * is given. `detectRooms` refuses coordinates that are not finite and plans that are too large or too dense.
 */
import { arrange } from './arrange.ts';
import { Maker, type RoomSource } from './assemble.ts';
import { facesOf } from './faces.ts';
import { FoundRoom } from './found-room.ts';
import { closeMemory, keepFloats, keepInts, openMemory, reserve } from './memory.ts';
import { holdersOf } from './nesting.ts';
import type { Arrangement } from './noding.ts';
import { confidenceOf, countRepairs, findRepairs, listRepairs, type RepairSource } from './repairs.ts';
import { readDrawing } from './scale.ts';
import { ROOM, spacesOf } from './spaces.ts';
import type { Detection, DetectOptions, Wall } from './types.ts';

export { PlanError, type PlanErrorCode, type PlanLimits, parsePlan } from './plan.ts';
export type * from './types.ts';

const MOST_REPAIRS = 1000;

export function detectRooms(walls: readonly Wall[], options: DetectOptions = {}): Detection {
  openMemory(walls.length);
  try {
    return detect(walls, options);
  } finally {
    closeMemory();
  }
}

function detect(walls: readonly Wall[], options: DetectOptions): Detection {
  const now = options.now ?? (() => performance.now());
  const started = now();
  const drawing = readDrawing(walls, options);
  const arranged = arrange(drawing, options);
  const plan = kept(arranged.plan);
  const { looseness, rounding, scale } = arranged;
  const reach = Math.max(looseness.tolerance, rounding);
  const faces = facesOf(plan);
  const holder = holdersOf(plan, faces, drawing, reach);
  const spaces = spacesOf(plan, faces, holder, scale, looseness.byHand, options.thickWalls !== 'room');
  const source: RepairSource = {
    ...arranged,
    plan,
    drawing,
    faces,
    spaces,
    tolerance: reach,
    bridgeWidth: looseness.bridge,
  };
  const found = findRepairs(source);
  const confidence = confidenceOf(source, found);
  let rooms = 0;
  let area = 0;
  let trust = 0;
  let components = 0;
  for (let c = 0; c < faces.cycles; c++) {
    if ((faces.area[c] as number) < 0) components++;
    if (spaces.kind[c] !== ROOM) continue;
    rooms++;
    area += spaces.area[c] as number;
    trust += (spaces.area[c] as number) * (confidence[c] as number);
  }
  const { kind, perimeter, heldStart, held } = spaces;
  const { origin, next, cycleOf, cycles, first } = faces;
  const room: RoomSource = {
    plan,
    faces: { origin, next, cycleOf, cycles, first },
    holder,
    spaces: { kind, area: spaces.area, perimeter, heldStart, held },
    confidence,
    walls,
  };
  const repairs = listRepairs(source, found, options.maxRepairs ?? MOST_REPAIRS);
  return detection(room, rooms, {
    rooms_count: rooms,
    confidence_score: area > 0 ? trust / area : 0,
    total_area: area,
    processing_time: (now() - started) / 1000,
    scale,
    tolerance: looseness.tolerance,
    bridge_gaps: looseness.bridge,
    bbox: drawing.walls > 0 ? [drawing.minX, drawing.minY, drawing.maxX, drawing.maxY] : null,
    repairs,
    stats: {
      walls: drawing.walls,
      vertices: plan.vertices,
      edges: plan.edges.count,
      loose_edges: faces.looseEdges,
      bounding_vertices: faces.boundingVertices,
      components,
      repairs: countRepairs(found),
    },
  });
}

/** Apart from `detect`, so that the list of rooms holds on to nothing but what rooms are made of. */
function detection(source: RoomSource, count: number, rest: Omit<Detection, 'rooms'>): Detection {
  let list: readonly FoundRoom[] | null = null;
  return {
    get rooms() {
      list ??= foundRooms(new Maker(source, count), count);
      return list;
    },
    ...rest,
  };
}

function foundRooms(maker: Maker, count: number): readonly FoundRoom[] {
  const rooms: FoundRoom[] = [];
  for (let i = 0; i < count; i++) rooms.push(new FoundRoom(maker, i));
  return rooms;
}

/** Bytes of the result for each edge: ends, next, cycle, walls; and a share of what there is for each room. */
const PER_EDGE = 28 + 24;

/** The arrangement as the rooms hold it, when the memory that it was made in serves the next plan. */
function kept(plan: Arrangement): Arrangement {
  reserve(16 * plan.vertices + PER_EDGE * plan.edges.count + 4 * plan.edges.wall.length + 2048);
  const { ends, wallStart, wall, count } = plan.edges;
  return {
    vertices: plan.vertices,
    x: keptFloats(plan.x.subarray(0, plan.vertices)),
    y: keptFloats(plan.y.subarray(0, plan.vertices)),
    edges: {
      count,
      ends: keptInts(ends),
      wallStart: keptInts(wallStart),
      wall: keptInts(wall),
    },
  };
}

function keptInts(array: Int32Array): Int32Array {
  const copy = keepInts(array.length);
  copy.set(array);
  return copy;
}

function keptFloats(array: Float64Array): Float64Array {
  const copy = keepFloats(array.length);
  copy.set(array);
  return copy;
}
