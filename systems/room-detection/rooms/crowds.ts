/**
 * Lays the grid for noding, and copes with crowds: combs of near-parallel walls get a turned grid, walls drawn
 * on top of each other are merged first (see overlaps.ts), and what is still too dense is refused by name.
 */
import { type Cells, cellsOf, type Frame, turnedFrame } from './cells.ts';
import type { Edges } from './edges.ts';
import { PlanError } from './plan.ts';

/** Pairs to look at for each entry of the grid, above which another grid is tried. */
const CROWDED = 48;
/** About ten seconds of work on one core. */
const MOST_PAIRS = 4e9;

export function gridOf(edges: Edges, frame: Frame, vertices: number, reach: number): Cells {
  const cells = cellsOf(edges, frame, reach);
  if (!isCrowded(cells)) return cells;
  const turned = cellsOf(edges, turnedFrame(frame.x, frame.y, vertices, mainDirection(edges, frame)), reach);
  const best = turned.pairs < cells.pairs ? turned : cells;
  if (best.pairs > MOST_PAIRS) {
    refuseTooDense(
      edges,
      best.edge[best.start[fullest(best)] as number] as number,
      'too many walls on one spot',
    );
  }
  return best;
}

export function isCrowded(cells: Cells): boolean {
  return cells.pairs > CROWDED * cells.edge.length + 1e6;
}

export function refuseTooDense(edges: Edges, edge: number, why: string): never {
  const wall = edges.wall[edges.wallStart[edge] as number] as number;
  throw new PlanError('plan.too-dense', `walls[${wall}]`, `${why}; split the plan`, wall);
}

function fullest(cells: Cells): number {
  let best = 0;
  let most = -1;
  for (let c = 0; c < cells.columns * cells.rows; c++) {
    const k = (cells.start[c + 1] as number) - (cells.start[c] as number);
    if (k > most) {
      most = k;
      best = c;
    }
  }
  return best;
}

/** The direction of most of the wall length; opposite directions count as one. */
function mainDirection(edges: Edges, frame: Frame): number {
  let cos = 0;
  let sin = 0;
  for (let e = 0; e < edges.count; e++) {
    const a = edges.from[e] as number;
    const b = edges.to[e] as number;
    const dx = (frame.x[b] as number) - (frame.x[a] as number);
    const dy = (frame.y[b] as number) - (frame.y[a] as number);
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length === 0) continue;
    cos += (dx * dx - dy * dy) / length;
    sin += (2 * dx * dy) / length;
  }
  return Math.atan2(sin, cos) / 2;
}
