/**
 * Room detection: wall segments in, rooms out. A pure library: no files, no network, no clock but the one it
 * is given. `detectRooms` refuses coordinates that are not finite and plans that are too large or too dense.
 */
import { arrange } from './arrange.ts';
import { closeMemory, openMemory } from './arrays.ts';
import { Maker } from './assemble.ts';
import { facesOf } from './faces.ts';
import { FoundRoom } from './found-room.ts';
import { holdersOf } from './nesting.ts';
import type { Arrangement } from './noding.ts';
import { confidenceOf, countRepairs, findRepairs, listRepairs, type RepairSource } from './repairs.ts';
import { readDrawing } from './scale.ts';
import { spacesOf } from './spaces.ts';
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
  const maker = new Maker({ plan, faces, holder, spaces, confidence, walls });
  const rooms: FoundRoom[] = [];
  let area = 0;
  let trust = 0;
  for (let i = 0; i < maker.cycles.length; i++) {
    rooms.push(new FoundRoom(maker, i));
    area += maker.area(i);
    trust += maker.area(i) * maker.confidence(i);
  }
  let components = 0;
  for (let c = 0; c < faces.cycles; c++) if ((faces.area[c] as number) < 0) components++;
  return {
    rooms,
    rooms_count: rooms.length,
    confidence_score: area > 0 ? trust / area : 0,
    total_area: area,
    processing_time: (now() - started) / 1000,
    scale,
    tolerance: looseness.tolerance,
    bridge_gaps: looseness.bridge,
    bbox: drawing.walls > 0 ? [drawing.minX, drawing.minY, drawing.maxX, drawing.maxY] : null,
    repairs: listRepairs(source, found, options.maxRepairs ?? MOST_REPAIRS),
    stats: {
      walls: drawing.walls,
      vertices: plan.vertices,
      edges: plan.edges.count,
      loose_edges: faces.looseEdges,
      bounding_vertices: faces.boundingVertices,
      components,
      repairs: countRepairs(found),
    },
  };
}

/** The arrangement as the rooms hold it, when the memory that it was made in serves the next plan. */
function kept(plan: Arrangement): Arrangement {
  const { from, to, wallStart, wall, count } = plan.edges;
  return {
    vertices: plan.vertices,
    x: plan.x.slice(0, plan.vertices),
    y: plan.y.slice(0, plan.vertices),
    edges: { count, from: from.slice(), to: to.slice(), wallStart: wallStart.slice(), wall: wall.slice() },
    bent: plan.bent,
  };
}
