import { describe, expect, it } from 'vitest';
import { bsp, grid } from '../../bench/plans/clean.ts';
import { doubleLines, gapped, jittered, overshot, thickOutlines } from '../../bench/plans/dirty.ts';
import { around, mapped, rectangle, seeded, wall } from '../../bench/plans/plan.ts';
import { detectRooms } from '../../rooms/index.ts';

const house = around(rectangle(0, 0, 10, 8));

describe('an exact plan', () => {
  it('gets no tolerance, no repairs and full confidence, however fine its details', () => {
    const shaft = around(rectangle(4, 3, 4.02, 3.02));
    const { rooms, tolerance, bridge_gaps, repairs } = detectRooms([...house, ...shaft]);
    expect(rooms.map((r) => r.area).sort()).toEqual([expect.closeTo(0.0004, 9), expect.closeTo(79.9996, 9)]);
    expect({ tolerance, bridge_gaps, repairs }).toEqual({ tolerance: 0, bridge_gaps: 0, repairs: [] });
    expect(Math.max(...rooms.map((r) => r.confidence))).toBe(1);
  });

  it('keeps walls that stand free and doors that stand open', () => {
    const door = [wall(4, 0, 4, 3.5), wall(4, 4.4, 4, 8)];
    const { rooms, repairs } = detectRooms([...house, ...door]);
    expect(rooms.map((r) => r.area)).toEqual([80]);
    expect(repairs).toEqual([]);
  });
});

describe('ends that miss each other', () => {
  it.each([1e-3, 1, 1e3, 1e6])('are joined by a thousandth of a room, with rooms of %d', (size) => {
    const plan = mapped(jittered(grid(12), 0.001, seeded(4)), ([x, y]) => [x * size, y * size]);
    const { rooms_count, total_area, tolerance, scale, stats } = detectRooms(plan.walls);
    expect(rooms_count).toBe(144);
    expect(total_area / size ** 2).toBeCloseTo(144, 1);
    expect(tolerance / size).toBeGreaterThan(0.001);
    expect(tolerance / size).toBeLessThan(0.02);
    expect(scale / size).toBeCloseTo(0.92, 1);
    expect(stats.repairs['joined-ends']).toBeGreaterThan(100);
  });

  it('are joined by the tolerance that is asked for, and no more', () => {
    const walls = [wall(0, 0, 10, 0), wall(10, 0.05, 10, 8), wall(10, 8, 0, 8), wall(0, 8, 0, 0)];
    expect(detectRooms(walls, { tolerance: 0.1 }).rooms_count).toBe(1);
    expect(detectRooms(walls, { tolerance: 0.01 }).rooms_count).toBe(0);
    expect(detectRooms(walls, { tolerance: 0 }).rooms_count).toBe(0);
  });

  it('are listed with their place, size and walls', () => {
    const walls = [wall(0, 0, 10, 0), wall(10, 0.05, 10, 8), wall(10, 8, 0, 8), wall(0, 8, 0, 0)];
    const { repairs } = detectRooms(walls, { tolerance: 0.1 });
    expect(repairs).toEqual([
      {
        kind: 'joined-ends',
        at: [10, expect.closeTo(0.025)],
        distance: expect.closeTo(0.025),
        walls: [0, 1],
      },
    ]);
  });

  it('cut a wall that they miss from the side', () => {
    const { rooms, repairs } = detectRooms([...house, wall(4, 0, 4, 7.98)], { tolerance: 0.05 });
    expect(rooms).toHaveLength(2);
    expect(repairs).toMatchObject([{ kind: 'snapped-end', at: [4, 7.98], walls: [2, 4] }]);
  });

  it('are listed up to the limit, largest first, and all counted', () => {
    const plan = jittered(grid(10), 0.001, seeded(1));
    const { repairs, stats } = detectRooms(plan.walls, { maxRepairs: 5 });
    expect(repairs).toHaveLength(5);
    const all = detectRooms(plan.walls, { maxRepairs: 1e6 }).repairs.map((r) => r.distance);
    expect(stats.repairs['joined-ends']).toBe(all.length);
    const least = Math.min(...repairs.map((r) => r.distance));
    expect(all.filter((d) => d > least).length).toBeLessThan(5);
  });
});

describe('a gap', () => {
  const door = [wall(4, 0, 4, 3.5), wall(4, 4.4, 4, 8)];

  it('as wide as a door is bridged on request', () => {
    const { rooms, repairs } = detectRooms([...house, ...door], { bridgeGaps: 1 });
    expect(rooms.map((r) => r.area)).toEqual([32, 48]);
    expect(repairs).toEqual([
      { kind: 'bridged-gap', at: [4, 3.95], distance: expect.closeTo(0.9), walls: [4, 5] },
    ]);
  });

  it('wider than was asked for stays open', () => {
    expect(detectRooms([...house, ...door], { bridgeGaps: 0.5 }).rooms_count).toBe(1);
  });

  it('between a wall and one across its way is bridged straight ahead', () => {
    const { rooms } = detectRooms([...house, wall(4, 0, 4, 7.1)], { bridgeGaps: 1 });
    expect(rooms.map((r) => r.area)).toEqual([32, 48]);
  });

  it('beside a corner is bridged to the stump of wall that is left there', () => {
    const stump = [
      wall(4, 0, 4, 8),
      wall(4, 4, 9, 4),
      wall(9.9, 4, 10, 4),
      wall(0, 4, 0.1, 4),
      wall(1, 4, 4, 4),
    ];
    const { rooms } = detectRooms([...house, ...stump], { bridgeGaps: 1 });
    expect(rooms.map((r) => r.area)).toEqual([16, 24, 16, 24]);
  });

  it('between two stumps, at the end of a corridor, is bridged', () => {
    const corridor = [wall(0, 3, 10, 3), wall(0, 4.1, 10, 4.1), wall(6, 3, 6, 3.1), wall(6, 4, 6, 4.1)];
    expect(detectRooms([...house, ...corridor], { bridgeGaps: 1 }).rooms_count).toBe(4);
  });

  it('in which walls from both sides end is bridged all the way', () => {
    const sides = [wall(0, 3.6, 4, 3.6), wall(4, 4.1, 10, 4.1)];
    const { rooms } = detectRooms([...house, ...door, ...sides], { bridgeGaps: 1 });
    expect(rooms.map((r) => r.area).sort((a, b) => a - b)).toEqual([
      expect.closeTo(14.4),
      expect.closeTo(17.6),
      expect.closeTo(23.4),
      expect.closeTo(24.6),
    ]);
  });

  it('makes the rooms on both sides less certain, by its share of the border and by its width', () => {
    const sure = detectRooms([...house, wall(4, 0, 4, 8)]).confidence_score;
    const narrow = detectRooms([...house, wall(4, 0, 4, 3.5), wall(4, 3.8, 4, 8)], { bridgeGaps: 1 });
    const wide = detectRooms([...house, ...door], { bridgeGaps: 1 });
    expect(sure).toBe(1);
    expect(narrow.rooms[0]?.confidence).toBeCloseTo((1 - 0.3 / 24) * (1 - 0.3 / 2), 6);
    expect(wide.rooms[0]?.confidence).toBeCloseTo((1 - 0.9 / 24) * (1 - 0.9 / 2), 6);
  });

  it('of a few hundredths in one wall end among many is closed without asking', () => {
    const plan = bsp(30, seeded(5));
    const [first, ...others] = gapped({ ...plan, walls: plan.walls.slice(4, 5) }, 0, seeded(1)).walls;
    const [x, y] = first?.end ?? [0, 0];
    const dx = Math.sign(x - (first?.start[0] ?? 0)) * 0.05;
    const dy = Math.sign(y - (first?.start[1] ?? 0)) * 0.05;
    const short = first === undefined ? [] : [{ ...first, end: [x - dx, y - dy] as const }];
    const walls = [...plan.walls.slice(0, 4), ...short, ...others, ...plan.walls.slice(5)];
    expect(detectRooms(walls, { tolerance: 0 }).rooms_count).toBe(29);
    expect(detectRooms(walls).rooms_count).toBe(30);
  });
});

describe('a wall that runs past another', () => {
  it('is cut off there, and says so', () => {
    const { rooms, repairs } = detectRooms([...house, wall(4, -0.2, 4, 8.1)]);
    expect(rooms.map((r) => r.area)).toEqual([expect.closeTo(32, 9), 48]);
    expect(repairs).toEqual([
      { kind: 'trimmed-overshoot', at: [4, -0.2], distance: expect.closeTo(0.2), walls: [4] },
      { kind: 'trimmed-overshoot', at: [4, 8.1], distance: expect.closeTo(0.1), walls: [4] },
    ]);
  });

  it('leaves no slivers where walls cross in corners that do not quite agree', () => {
    const plan = jittered(overshot(grid(10), 0.05, seeded(2)), 0.001, seeded(3));
    expect(detectRooms(plan.walls).rooms_count).toBe(100);
  });
});

describe('the two faces of a thick wall', () => {
  it('are no room between them where rooms are outlined', () => {
    const plan = thickOutlines(bsp(20, seeded(2)), 0.3);
    const { rooms_count, stats } = detectRooms(plan.walls);
    expect(rooms_count).toBe(20);
    expect(stats.repairs['thick-wall']).toBe(1);
    expect(detectRooms(plan.walls, { thickWalls: 'room' }).rooms_count).toBe(21);
  });

  it('are none where they are drawn as double lines through the plan', () => {
    const { rooms_count, stats } = detectRooms(doubleLines(4, 0.25).walls);
    expect(rooms_count).toBe(16);
    expect(stats.repairs['thick-wall']).toBe(40 + 25);
  });

  it('are told from a gallery around a court and from a narrow room', () => {
    const court = [...house, ...around(rectangle(1.5, 1.5, 8.5, 6.5))];
    expect(detectRooms(court).rooms_count).toBe(2);
    expect(detectRooms([...house, wall(4, 0, 4, 8), wall(4.8, 0, 4.8, 8)]).rooms_count).toBe(3);
  });
});

describe('a sliver', () => {
  it('between two drawings of one wall is no room', () => {
    const { rooms, stats } = detectRooms([...house, wall(4, 0, 4, 8), wall(4.001, 0, 3.999, 8)]);
    expect(rooms).toHaveLength(2);
    expect(stats.repairs.sliver).toBeGreaterThan(0);
  });
});

describe('confidence', () => {
  it('falls with the size of the worst repair on the border, to a half at the tolerance', () => {
    const at = (miss: number): number =>
      detectRooms([...house, wall(4, 0, 4, 8 - miss)], { tolerance: 0.1 }).rooms[0]?.confidence ?? 0;
    expect(at(0)).toBe(1);
    expect(at(0.02)).toBeCloseTo(0.9, 6);
    expect(at(0.1)).toBeCloseTo(0.5, 6);
  });

  it('of the plan is the mean of the rooms by area', () => {
    const { rooms, confidence_score, total_area } = detectRooms([...house, wall(4, 0, 4, 7.95)], {
      tolerance: 0.1,
    });
    const mean = rooms.reduce((sum, r) => sum + r.area * r.confidence, 0) / total_area;
    expect(confidence_score).toBeCloseTo(mean, 12);
    expect(confidence_score).toBeLessThan(1);
  });

  it('of rooms that no repair touches stays full', () => {
    const { rooms } = detectRooms([...house, wall(4, 0, 4, 8), wall(7, 0, 7, 8), wall(7, 4, 9.95, 4)], {
      tolerance: 0.1,
    });
    expect(rooms.map((r) => r.confidence < 1)).toEqual([false, false, true, true]);
  });
});
