/**
 * Room detection: wall segments in, rooms out. A pure library: no files, no network, no clock but the one it
 * is given. `detectRooms` refuses coordinates that are not finite and plans that are too large or too dense.
 */
import { assembleRooms } from './assemble.ts';
import { edgesOf } from './edges.ts';
import { joinEnds } from './ends.ts';
import { facesOf } from './faces.ts';
import { holdersOf } from './nesting.ts';
import { node } from './noding.ts';
import { readDrawing, scaleOf } from './scale.ts';
import type { Detection, DetectOptions, Repair, RepairKind, Wall } from './types.ts';

export { PlanError, type PlanErrorCode, type PlanLimits, parsePlan } from './plan.ts';
export type * from './types.ts';

export function detectRooms(walls: readonly Wall[], options: DetectOptions = {}): Detection {
  const now = options.now ?? (() => performance.now());
  const started = now();
  const drawing = readDrawing(walls, options);
  const scale = scaleOf(drawing, options);
  const ends = joinEnds(drawing, scale);
  const a = new Int32Array(drawing.walls);
  const b = new Int32Array(drawing.walls);
  for (let i = 0; i < drawing.walls; i++) {
    a[i] = ends.vertexOf[2 * i] as number;
    b[i] = ends.vertexOf[2 * i + 1] as number;
  }
  const edges = edgesOf(a, b, drawing.walls, ends.count, null);
  const plan = node(edges, ends.count, ends.x, ends.y, drawing, scale);
  const faces = facesOf(plan);
  const holder = holdersOf(plan, faces, drawing, scale.tolerance);
  const rooms = assembleRooms(
    plan,
    faces,
    holder,
    walls,
    () => 1,
    () => true,
  );
  let area = 0;
  let trust = 0;
  for (const room of rooms) {
    area += room.area;
    trust += room.area * room.confidence;
  }
  const repairs: Repair[] = [];
  const counts: Record<RepairKind, number> = {
    'joined-ends': 0,
    'snapped-end': 0,
    'bridged-gap': 0,
    'trimmed-overshoot': 0,
    'dropped-short': 0,
    'thick-wall': 0,
    sliver: 0,
  };
  let components = 0;
  for (let c = 0; c < faces.cycles; c++) if ((faces.area[c] as number) < 0) components++;
  return {
    rooms,
    rooms_count: rooms.length,
    confidence_score: area > 0 ? trust / area : 0,
    total_area: area,
    processing_time: (now() - started) / 1000,
    tolerance: scale.tolerance,
    bridge_gaps: options.bridgeGaps ?? 0,
    bbox: drawing.walls > 0 ? [drawing.minX, drawing.minY, drawing.maxX, drawing.maxY] : null,
    repairs,
    stats: {
      walls: drawing.walls,
      vertices: plan.vertices,
      edges: plan.edges.count,
      loose_edges: faces.looseEdges,
      components,
      repairs: counts,
    },
  };
}
