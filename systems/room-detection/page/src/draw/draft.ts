/**
 * A drawing in progress as a pure state: walls, the open end of the next one, and the way back. Points snap to
 * wall ends close by, then to the grid.
 */
import type { Wall } from '../../../rooms/index.ts';
import type { Point } from '../canvas/viewport.ts';

export interface Draft {
  readonly walls: readonly Wall[];
  /** Where the wall being drawn begins. */
  readonly open: Point | undefined;
  readonly past: readonly (readonly Wall[])[];
}

export interface DrawOptions {
  readonly bearing: boolean;
  /** Begin the next wall where the last one ended. */
  readonly chain: boolean;
}

const longestPast = 500;

export const newDraft = (walls: readonly Wall[] = []): Draft => ({ walls, open: undefined, past: [] });

const same = (one: Point, other: Point): boolean => one[0] === other[0] && one[1] === other[1];

const withWalls = (draft: Draft, walls: readonly Wall[], open: Point | undefined): Draft => ({
  walls,
  open,
  past: [...draft.past.slice(-longestPast), draft.walls],
});

/** Whether a point lies on a wall, but for rounding. */
function lies(at: Point, { start, end }: Wall): boolean {
  const [dx, dy] = [end[0] - start[0], end[1] - start[1]];
  const length = Math.hypot(dx, dy);
  const along = ((at[0] - start[0]) * dx + (at[1] - start[1]) * dy) / length;
  const aside = ((at[0] - start[0]) * dy - (at[1] - start[1]) * dx) / length;
  const near = length * 1e-9;
  return Math.abs(aside) <= near && along >= -near && along <= length + near;
}

export function addWall(draft: Draft, start: Point, end: Point, options: DrawOptions): Draft {
  if (same(start, end)) return { ...draft, open: undefined };
  const wall: Wall = { type: 'line', start, end, ...(options.bearing && { is_load_bearing: true }) };
  return withWalls(draft, [...draft.walls, wall], undefined);
}

/** A click, a tap or Enter at a point: begins a wall, ends it, or gives it up when it has no length. */
export function placePoint(draft: Draft, at: Point, options: DrawOptions): Draft {
  if (draft.open === undefined) return { ...draft, open: at };
  const next = addWall(draft, draft.open, at, options);
  if (next.walls === draft.walls || !options.chain) return next;
  // A chain that meets a wall is closed: the next point begins elsewhere.
  const closed = draft.walls.some((wall) => lies(at, wall));
  return closed ? next : { ...next, open: at };
}

export const giveUp = (draft: Draft): Draft => ({ ...draft, open: undefined });

export const clear = (draft: Draft): Draft =>
  draft.walls.length === 0 ? giveUp(draft) : withWalls(draft, [], undefined);

/** First the open wall, then the last change. */
export function undo(draft: Draft): Draft {
  if (draft.open !== undefined) return giveUp(draft);
  const walls = draft.past.at(-1);
  return walls === undefined ? draft : { walls, open: undefined, past: draft.past.slice(0, -1) };
}

export const canUndo = (draft: Draft): boolean => draft.open !== undefined || draft.past.length > 0;

export function snap(walls: readonly Wall[], at: Point, grid: number, reach: number): Point {
  let best: Point | undefined;
  let bestDistance = reach;
  for (const { start, end } of walls) {
    for (const corner of [start, end]) {
      const distance = Math.hypot(corner[0] - at[0], corner[1] - at[1]);
      if (distance <= bestDistance) {
        best = corner;
        bestDistance = distance;
      }
    }
  }
  return best ?? [toGrid(at[0], grid), toGrid(at[1], grid)];
}

/** Rounded to nine digits after the point: 3 * 0.1 is to be 0.3 in the file. */
export const toGrid = (value: number, grid: number): number =>
  Number((Math.round(value / grid) * grid).toFixed(9)) + 0;
