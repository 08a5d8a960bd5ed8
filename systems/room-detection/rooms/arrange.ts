/**
 * From the drawing to a noded arrangement: exactly as drawn where the drawing is exact, else with the misses
 * joined and the gaps bridged. Decides which of the two it is unless the caller says so.
 */

import { type Bridged, bridgeGaps } from './bridges.ts';
import type { Cells } from './cells.ts';
import { type Edges, edgesOf } from './edges.ts';
import { type Ends, joinEnds } from './ends.ts';
import { gridOf } from './grid.ts';
import { mergeEnds } from './merge.ts';
import { freeEndDegrees, type Looseness, loosenessOf, missesOf, PROBE } from './misses.ts';
import { type Arrangement, type NodingInput, node } from './noding.ts';
import { PlanError } from './plan.ts';
import { type Drawing, scaleOf } from './scale.ts';
import type { DetectOptions } from './types.ts';

export interface Arranged {
  readonly ends: Ends;
  readonly plan: Arrangement;
  /** Farthest that a wall was bent to each vertex. */
  readonly bent: Float64Array;
  readonly bridged: Bridged | null;
  readonly scale: number;
  readonly rounding: number;
  readonly looseness: Looseness;
}

export function arrange(drawing: Drawing, options: DetectOptions): Arranged {
  const { scale, rounding } = scaleOf(drawing);
  const given = options.tolerance;
  let looseness: Looseness = { byHand: (given ?? 0) > rounding, tolerance: given ?? 0, bridge: 0 };
  let ends = joinEnds(drawing, scale, rounding);
  let edges = wallEdges(drawing, ends);
  let cells: Cells | undefined;
  if (given === undefined) {
    const degree = freeEndDegrees(edges, ends.count);
    if (degree !== null) {
      const reach = scale * PROBE;
      const frame = { x: ends.x, y: ends.y, box: drawing };
      cells = gridOf(edges, frame, reach);
      const misses = missesOf(edges, ends.x, ends.y, degree, cells, reach, rounding);
      looseness = loosenessOf(misses, drawing.walls * 2, scale);
    }
  }
  if (looseness.tolerance > rounding) {
    ends = mergeEnds(drawing, ends, scale, looseness.tolerance);
    edges = wallEdges(drawing, ends);
    cells = undefined;
  }
  if (options.bridgeGaps !== undefined) looseness = { ...looseness, bridge: options.bridgeGaps };
  const input: NodingInput = {
    edges,
    vertices: ends.count,
    x: ends.x,
    y: ends.y,
    box: drawing,
    scale,
    rounding,
    tolerance: Math.max(looseness.tolerance, rounding),
    cells,
  };
  const plan = node(input);
  const done = { ends, plan, bent: plan.bent, bridged: null, scale, rounding, looseness };
  if (looseness.bridge <= rounding) return done;
  const bridged = bridgeGaps(plan, input, looseness.bridge, drawing.walls);
  if (bridged === 'too dense') {
    // Where nobody asked for bridges, so many loose ends are no plan drawn by hand.
    if (options.bridgeGaps === undefined) return { ...done, looseness: { ...looseness, bridge: 0 } };
    throw new PlanError('plan.too-dense', 'walls', 'too many loose ends to bridge gaps of this width');
  }
  if (bridged === null) return done;
  const { vertices, x, y } = bridged;
  const again = node({
    ...input,
    vertices,
    x,
    y,
    edges: bridged.edges,
    cells: undefined,
  });
  return { ...done, plan: again, bridged };
}

function wallEdges(drawing: Drawing, ends: Ends): Edges {
  return edgesOf(ends.vertexOf, drawing.walls, ends.count, null);
}
