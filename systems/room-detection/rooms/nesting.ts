/**
 * Which face holds each separate part of the plan. From the leftmost corner of a part a ray goes left to the
 * first wall of another part: the face on this side of that wall is the holder, or shares its holder.
 */
import { type Box, type Segments, slotOf, slotStart } from './cells.ts';
import { type Faces, turnOf } from './faces.ts';
import { gridOf } from './grid.ts';
import type { Arrangement } from './noding.ts';
import { scratchInts } from './scratch.ts';

/** For each cycle: of an outside, the face that holds it or -1; of a face, itself. */
export function holdersOf(plan: Arrangement, faces: Faces, box: Box, reach: number): Int32Array {
  const holder = new Int32Array(faces.cycles);
  const outsides: number[] = [];
  for (let c = 0; c < faces.cycles; c++) {
    holder[c] = c;
    if ((faces.area[c] as number) < 0) {
      holder[c] = -1;
      outsides.push(c);
    }
  }
  if (outsides.length < 2) return holder;
  const corners = outsides.map((cycle) => ({ cycle, vertex: leftmost(plan, faces, cycle) }));
  corners.sort((a, b) => compare(plan, a.vertex, b.vertex));
  const look = edgeToTheLeft(plan, faces, box, reach);
  for (const { cycle, vertex } of corners) {
    const hit = look(vertex);
    // What lies to the left comes first in this order, so its holder is known.
    if (hit >= 0) holder[cycle] = holder[faces.cycleOf[hit] as number] as number;
  }
  return holder;
}

function compare(plan: Arrangement, a: number, b: number): number {
  return (plan.x[a] as number) - (plan.x[b] as number) || (plan.y[a] as number) - (plan.y[b] as number);
}

function leftmost(plan: Arrangement, faces: Faces, cycle: number): number {
  const start = faces.first[cycle] as number;
  let best = faces.origin[start] as number;
  for (let h = faces.next[start] as number; h !== start; h = faces.next[h] as number) {
    const v = faces.origin[h] as number;
    if (compare(plan, v, best) < 0) best = v;
  }
  return best;
}

/** The half-edge, facing right, of the first edge to the left of a vertex; -1 where there is none. */
function edgeToTheLeft(plan: Arrangement, faces: Faces, box: Box, reach: number): (vertex: number) => number {
  const { x, y } = plan;
  const edges = boundingEdges(plan, faces);
  const cells = gridOf(edges.edges, { x, y, box }, reach);
  const { columns } = cells;
  // The nearest cell to the left that holds anything, itself included.
  const filled = scratchInts(columns * cells.rows);
  for (let c = 0; c < filled.length; c++) {
    if (cells.start[c] !== cells.start[c + 1]) filled[c] = c;
    else filled[c] = c % columns === 0 ? -1 : (filled[c - 1] as number);
  }
  return (vertex) => {
    const vx = x[vertex] as number;
    const vy = y[vertex] as number;
    const row = slotOf(cells.up, vy) * columns;
    let column = slotOf(cells.across, vx);
    while (column >= 0) {
      const c = filled[row + column] as number;
      if (c < row) return -1;
      const floor = c === row ? -Infinity : slotStart(cells.across, c - row);
      let best = -1;
      let bestX = -Infinity;
      for (let i = cells.start[c] as number; i < (cells.start[c + 1] as number); i++) {
        const e = edges.original[cells.edge[i] as number] as number;
        const a = plan.edges.ends[2 * e] as number;
        const b = plan.edges.ends[2 * e + 1] as number;
        const up = (y[a] as number) < (y[b] as number);
        const low = up ? a : b;
        const high = up ? b : a;
        // Half-open in y, so that a ray through a vertex meets one of two edges that go on there.
        if ((y[low] as number) > vy || (y[high] as number) <= vy) continue;
        if (turnOf(plan, low, high, vertex) >= 0) continue;
        const at = crossingX(plan, low, high, vy);
        if (best < 0 || at > bestX || (at === bestX && leansRight(plan, faces, best, low, high))) {
          best = up ? 2 * e + 1 : 2 * e;
          bestX = at;
        }
      }
      // A hit further left than this cell may be hidden by an edge of the cells between.
      if (best >= 0 && bestX >= floor) return best;
      column = c - row - 1;
    }
    return -1;
  };
}

function crossingX(plan: Arrangement, low: number, high: number, at: number): number {
  const ax = plan.x[low] as number;
  const ay = plan.y[low] as number;
  const dx = (plan.x[high] as number) - ax;
  const dy = (plan.y[high] as number) - ay;
  return ax + (dx * (at - ay)) / dy;
}

/** Whether the edge low → high lies to the right of half-edge `best` (which points down) above their meeting. */
function leansRight(plan: Arrangement, faces: Faces, best: number, low: number, high: number): boolean {
  const bottom = faces.origin[best ^ 1] as number;
  const top = faces.origin[best] as number;
  return turnOf(plan, bottom, top, high) < 0 || (low !== bottom && turnOf(plan, bottom, top, low) < 0);
}

function boundingEdges(plan: Arrangement, faces: Faces): { edges: Segments; original: Int32Array } {
  const original = scratchInts(plan.edges.count);
  let count = 0;
  for (let e = 0; e < plan.edges.count; e++) if (faces.cycleOf[2 * e] !== -1) original[count++] = e;
  const ends = scratchInts(2 * count);
  for (let i = 0; i < count; i++) {
    ends[2 * i] = plan.edges.ends[2 * (original[i] as number)] as number;
    ends[2 * i + 1] = plan.edges.ends[2 * (original[i] as number) + 1] as number;
  }
  return { edges: { count, ends }, original };
}
