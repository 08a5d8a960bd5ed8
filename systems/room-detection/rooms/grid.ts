/**
 * Lays the grid so that few walls share a cell: an even one, or, where that is crowded because a far-away wall
 * has stretched the plan, one that follows the ends.
 */
import { type Cells, cellsOf, type Frame, type Segments } from './cells.ts';

/** Pairs to look at for each entry of the grid, above which it counts as crowded. */
const CROWDED = 48;

export function isCrowded(cells: Cells): boolean {
  return cells.pairs > CROWDED * cells.edge.length + 1e6;
}

export function gridOf(edges: Segments, frame: Frame, reach: number): Cells {
  const even = cellsOf(edges, frame, reach);
  if (!isCrowded(even)) return even;
  const spread = cellsOf(edges, frame, reach, true);
  const better = spread.pairs < even.pairs;
  return better ? spread : even;
}
