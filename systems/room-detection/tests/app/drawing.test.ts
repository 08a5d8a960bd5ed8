/** Drawing walls: corners, chains, snapping, undo; and reading a plan on the page. */
import { describe, expect, it } from 'vitest';
import type { Point } from '../../page/src/canvas/viewport.ts';
import {
  addWall,
  canUndo,
  clear,
  type Draft,
  newDraft,
  placePoint,
  snap,
  undo,
} from '../../page/src/draw/draft.ts';
import { readPlan } from '../../page/src/plan/plan.ts';
import { ProblemError } from '../../page/src/problem.ts';

const chain = { chain: true, bearing: false };
const single = { chain: false, bearing: true };
const draw = (points: readonly Point[], options = chain, from: Draft = newDraft()): Draft =>
  points.reduce((draft, point) => placePoint(draft, point, options), from);

const corners: readonly Point[] = [
  [0, 0],
  [4, 0],
  [4, 3],
  [0, 3],
  [0, 0],
];

describe('drawing', () => {
  it('goes on from corner to corner and ends a chain that closes', () => {
    const draft = draw(corners);
    expect(draft.walls.map(({ start, end }) => [start, end])).toEqual(
      corners.slice(1).map((end, index) => [corners[index], end]),
    );
    expect(draft.open).toBeUndefined();
  });

  it('ends a chain that meets the side of a wall', () => {
    const house = draw(corners);
    const draft = draw(
      [
        [2, 0],
        [2, 3],
      ],
      chain,
      house,
    );
    expect([draft.walls.length, draft.open]).toEqual([5, undefined]);
  });

  it('begins each wall anew without chaining, load-bearing when asked', () => {
    const draft = draw(corners.slice(0, 2), single);
    expect(draft.walls).toEqual([{ type: 'line', start: [0, 0], end: [4, 0], is_load_bearing: true }]);
    expect(draft.open).toBeUndefined();
  });

  it('makes no wall without length', () => {
    const draft = draw([
      [1, 1],
      [1, 1],
    ]);
    expect(draft.walls).toEqual([]);
    expect(draft.open).toBeUndefined();
    expect(addWall(newDraft(), [2, 2], [2, 2], chain).walls).toEqual([]);
  });

  it('undoes the open corner first, then wall by wall, then a clearing', () => {
    let draft = draw(corners.slice(0, 3));
    expect(draft.open).toEqual([4, 3]);
    draft = undo(draft);
    expect([draft.open, draft.walls.length]).toEqual([undefined, 2]);
    draft = undo(undo(clear(draft)));
    expect(draft.walls.length).toBe(1);
    draft = undo(draft);
    expect(draft.walls).toEqual([]);
    expect(canUndo(draft)).toBe(false);
    expect(undo(draft)).toBe(draft);
  });

  it('snaps to a corner in reach, else to the grid without rounding dust', () => {
    const { walls } = draw([
      [0, 0],
      [4.03, 0],
    ]);
    expect(snap(walls, [3.9, 0.1], 0.5, 0.2)).toEqual([4.03, 0]);
    expect(snap(walls, [3.7, 0.1], 0.5, 0.2)).toEqual([3.5, 0]);
    expect(snap([], [0.31, -0.04], 0.1, 0)).toEqual([0.3, 0]);
  });
});

describe('reading a plan on the page', () => {
  it('takes its name from the plan, else from the file', () => {
    const walls = [{ type: 'line', start: [0, 0], end: [1, 0] }];
    expect(readPlan(JSON.stringify({ name: 'Flat', walls }), 'a.json').name).toBe('Flat');
    expect(readPlan(JSON.stringify({ walls }), 'a.json')).toEqual({ name: 'a.json', walls });
  });

  it.each([
    ['{', 'not valid JSON'],
    ['{"walls":[]}', 'walls'],
    ['{"walls":[{"type":"line","start":[0,0]}]}', 'walls[0].end'],
  ])('says what is wrong with %s and what to do', (text, told) => {
    let thrown: unknown;
    try {
      readPlan(text, 'a.json');
    } catch (error) {
      thrown = error;
    }
    if (!(thrown instanceof ProblemError)) throw new Error('expected a problem');
    expect(thrown.problem.detail).toContain('a.json');
    expect(thrown.problem.detail).toContain(told);
    expect(thrown.problem.advice).toContain('"walls"');
  });
});
