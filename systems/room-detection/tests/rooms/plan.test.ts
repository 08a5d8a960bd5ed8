import { describe, expect, it } from 'vitest';
import { detectRooms, PlanError, parsePlan, type Wall } from '../../rooms/index.ts';

const good = { type: 'line', start: [0, 0], end: [1, 0] };

function errorOf(value: unknown): PlanError {
  try {
    parsePlan(value);
  } catch (error) {
    if (error instanceof PlanError) return error;
    throw error;
  }
  throw new Error('the plan was accepted');
}

describe('parsePlan', () => {
  it('reads walls, and lets a plan have a name and a description', () => {
    const walls = parsePlan({
      name: 'n',
      description: 'd',
      walls: [good, { ...good, is_load_bearing: true }],
    });
    expect(walls).toEqual([good, { ...good, is_load_bearing: true }]);
  });

  it("lets a drawing tool's own fields through", () => {
    expect(parsePlan({ units: 'mm', walls: [{ ...good, layer: 'A-WALL' }] })).toEqual([good]);
  });

  it.each([
    ['null', null, 'plan: expected {"walls": […]}, got null'],
    ['a list', [good], 'plan: expected {"walls": […]}, got [{"type":"line","start":[0,0],"end":[1,0]}]'],
    ['no walls', {}, 'walls: expected a list of walls, got nothing'],
    ['zero walls', { walls: [] }, 'walls: expected at least one wall, got none'],
  ])('refuses %s', (_, value, message) => {
    expect(errorOf(value).message).toBe(message);
  });

  it.each([
    ['that is no object', 7, 'walls[1]: expected {"type":"line","start":[x,y],"end":[x,y]}, got 7'],
    ['of another type', { ...good, type: 'arc' }, 'walls[1].type: expected "line", got "arc"'],
    ['without an end', { type: 'line', start: [0, 0] }, 'walls[1].end: expected [x, y], got nothing'],
    ['with three coordinates', { ...good, end: [1, 2, 3] }, 'walls[1].end: expected [x, y], got [1,2,3]'],
    [
      'with NaN',
      { ...good, end: [1, Number.NaN] },
      /^walls\[1\]\.end\[1\]: expected a finite number .*, got NaN$/,
    ],
    ['with infinity', { ...good, start: [Infinity, 0] }, /^walls\[1\]\.start\[0\]: .*, got Infinity$/],
    ['with text for a number', { ...good, end: ['1', 0] }, /^walls\[1\]\.end\[0\]: .*, got "1"$/],
    ['too far out', { ...good, end: [1e16, 0] }, /^walls\[1\]\.end\[0\]: .*, got 10000000000000000$/],
    [
      'with a flag that is no flag',
      { ...good, is_load_bearing: 1 },
      'walls[1].is_load_bearing: expected true or false, got 1',
    ],
  ])('names the first wall %s', (_, wall, message) => {
    const error = errorOf({ walls: [good, wall, 'worse'] });
    expect(error.message).toMatch(message);
    expect(error.wallIndex).toBe(1);
    expect(error.code).toBe('plan.bad-wall');
  });

  it('refuses more walls than the limit', () => {
    expect(() => parsePlan({ walls: [good, good, good] }, { maxWalls: 2 })).toThrow(
      'walls: expected at most 2 walls, got 3',
    );
  });
});

describe('detectRooms on walls that were not parsed', () => {
  it('refuses coordinates that are not finite', () => {
    const walls: Wall[] = [
      { type: 'line', start: [0, 0], end: [1, 1] },
      { type: 'line', start: [0, Number.NaN], end: [1, 1] },
    ];
    expect(() => detectRooms(walls)).toThrow(/^walls\[1\]\.start: .* got \[0,null\]$/);
  });

  it('refuses a plan in which no wall has any length', () => {
    const point: Wall = { type: 'line', start: [2, 2], end: [2, 2] };
    expect(() => detectRooms([point, point])).toThrow(
      'walls[0]: has no length, and no other wall of the plan has any',
    );
  });

  it('refuses more walls than the limit', () => {
    const walls: Wall[] = new Array<Wall>(3).fill({ type: 'line', start: [0, 0], end: [1, 1] });
    expect(() => detectRooms(walls, { maxWalls: 2 })).toThrow('expected at most 2 walls, got 3');
  });

  it('finds nothing in no walls', () => {
    expect(detectRooms([])).toMatchObject({ rooms_count: 0, total_area: 0, confidence_score: 0, bbox: null });
  });
});
