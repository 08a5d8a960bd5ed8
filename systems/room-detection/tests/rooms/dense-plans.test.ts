/** Plans made to be slow: each is answered, or refused by name. The sizes keep the tests quick. */
import { describe, expect, it } from 'vitest';
import { grid } from '../../bench/plans/clean.ts';
import { around, rectangle, seeded, wall } from '../../bench/plans/plan.ts';
import { detectRooms, type Wall } from '../../rooms/index.ts';

const house = around(rectangle(0, 0, 4, 3));
const many = (count: number, make: (i: number) => Wall): Wall[] =>
  Array.from({ length: count }, (_, i) => make(i));

describe('crowded walls', () => {
  it('a thousand through one point give a thousand sectors', () => {
    const at = (i: number): [number, number] => [
      Math.cos((2 * Math.PI * i) / 1000),
      Math.sin((2 * Math.PI * i) / 1000),
    ];
    const rim = many(1000, (i) => ({ type: 'line', start: at(i), end: at(i + 1) }));
    const spokes = many(1000, (i) => ({ type: 'line', start: [0, 0], end: at(i) }));
    expect(detectRooms([...spokes, ...rim]).rooms_count).toBe(1000);
  });

  it('a thousand diameters through one point cross in one vertex', () => {
    const star = many(1000, (i) => {
      const a = (Math.PI * i) / 1000;
      return wall(-Math.cos(a), -Math.sin(a), Math.cos(a), Math.sin(a));
    });
    expect(detectRooms(star).stats).toMatchObject({ vertices: 2001, edges: 2000, loose_edges: 2000 });
  });

  it('a hundred thousand copies of one wall are one edge with all of them', () => {
    const { rooms, stats } = detectRooms([...house, ...many(100_000, () => wall(0, 0, 4, 3))]);
    expect(stats.edges).toBe(5);
    expect(rooms.map((r) => r.walls.length)).toEqual([100_002, 100_002]);
  });

  it.each([
    ['level', (t: number) => [4 * t, 1] as const, 1],
    ['slanted', (t: number) => [4 * t, 3 * t] as const, 0],
  ])('ten thousand that overlap on one %s line part the house in two', (_, at) => {
    const random = seeded(1);
    const overlapping = many(10_000, () => ({ type: 'line', start: at(random()), end: at(random()) }));
    const whole: Wall = { type: 'line', start: at(0), end: at(1) };
    const { rooms_count, total_area } = detectRooms([...house, whole, ...overlapping]);
    expect(rooms_count).toBe(2);
    expect(total_area).toBeCloseTo(12, 9);
  });

  it('ten thousand that nearly coincide are one', () => {
    const random = seeded(2);
    const off = (): number => random() * 1e-4;
    const near = many(10_000, () => wall(off(), off(), 4 + off(), 3 + off()));
    expect(detectRooms([...house, ...near]).rooms_count).toBe(2);
  });

  it.each([
    ['level', (i: number) => wall(0, i / 500, 1, i / 500 + 1e-9 * i)],
    ['slanted', (i: number) => wall(i / 500, -i / 500, 1 + i / 500, 1 - i / 500)],
  ])('a comb of two thousand %s near-parallels encloses nothing', (_, tooth) => {
    expect(detectRooms(many(2000, tooth)).rooms_count).toBe(0);
  });

  it('a comb of a hundred thousand slanted parallels encloses nothing, and is refused if it is to be bridged', () => {
    const tooth = (i: number): Wall => wall(i / 1e5, -i / 1e5, 1 + i / 1e5, 1 - i / 1e5);
    const comb = many(100_000, tooth);
    expect(detectRooms(comb).rooms_count).toBe(0);
    expect(() => detectRooms(comb, { bridgeGaps: 1, tolerance: 0 })).toThrow('too many loose ends');
  });

  it('eighty thousand thrown across each other are refused', () => {
    const random = seeded(4);
    const thrown = many(80_000, () => wall(random(), random(), random(), random()));
    expect(() => detectRooms(thrown)).toThrow(/^walls\[\d+\]: too many crossings; split the plan$/);
  });

  it('a wall a thousand million units away does not disturb a plan', () => {
    const { rooms_count, total_area } = detectRooms([...grid(40).walls, wall(1e9, 1e9, 1e9 + 1, 1e9)]);
    expect(rooms_count).toBe(1600);
    expect(total_area).toBeCloseTo(1600, 6);
  });

  it('five hundred courts within courts are all found', () => {
    const rings = many(500, () => wall(0, 0, 1, 1)).flatMap((_, i) =>
      around(rectangle(i, i, 2000 - i, 1900 - i)),
    );
    expect(detectRooms(rings).rooms_count).toBe(500);
  });

  it('a hundred thousand from one point are refused, naming a wall', () => {
    const fan = many(100_000, (i) => wall(0, 0, Math.cos(i), Math.sin(i)));
    expect(() => detectRooms(fan)).toThrow(/^walls\[\d+\]: too many walls on one spot; split the plan$/);
  });
});
