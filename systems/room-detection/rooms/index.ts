/**
 * Room detection: wall segments in, rooms out. A pure library: no files, no network, no clock but the one it
 * is given. `detectRooms` refuses coordinates that are not finite and plans that are too large or too dense.
 */
import { arrange } from './arrange.ts';
import { RoomBuilder, type RoomSource } from './assemble.ts';
import { facesOf } from './faces.ts';
import { FoundRoom } from './found-room.ts';
import { holdersOf } from './nesting.ts';
import type { Arrangement } from './noding.ts';
import { confidenceOf, countRepairs, findRepairs, listRepairs, type RepairSource } from './repairs.ts';
import { readDrawing } from './scale.ts';
import { resetScratch } from './scratch.ts';
import { ROOM, spacesOf } from './spaces.ts';
import type { Detection, DetectOptions, Wall } from './types.ts';

export { PlanError, type PlanErrorCode, type PlanLimits, parsePlan } from './plan.ts';
export type * from './types.ts';

const MAX_REPAIRS = 1000;

export function detectRooms(walls: readonly Wall[], options: DetectOptions = {}): Detection {
  resetScratch();
  const now = options.now ?? (() => performance.now());
  const started = now();
  const drawing = readDrawing(walls, options);
  const arranged = arrange(drawing, options);
  const plan = copyOf(arranged.plan);
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
  const repairs = listRepairs(source, found, options.maxRepairs ?? MAX_REPAIRS);
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
      list ??= foundRooms(new RoomBuilder(source, count), count);
      return list;
    },
    ...rest,
  };
}

function foundRooms(maker: RoomBuilder, count: number): readonly FoundRoom[] {
  const rooms: FoundRoom[] = [];
  for (let i = 0; i < count; i++) rooms.push(new FoundRoom(maker, i));
  return rooms;
}

/** A copy of the arrangement for the result to keep, in ordinary memory; the scratch memory serves the next plan. */
function copyOf(plan: Arrangement): Arrangement {
  const { ends, wallStart, wall, count } = plan.edges;
  return {
    vertices: plan.vertices,
    x: plan.x.slice(0, plan.vertices),
    y: plan.y.slice(0, plan.vertices),
    edges: { count, ends: ends.slice(), wallStart: wallStart.slice(), wall: wall.slice() },
  };
}
