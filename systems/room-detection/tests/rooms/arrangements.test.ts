/** What holds for any walls at all: Euler's formula, conservation of area, and that names of things do not matter. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadPeers, type Peer } from '../../bench/peers.ts';
import { bsp, polyominoes, voronoi } from '../../bench/plans/clean.ts';
import { overlapped } from '../../bench/plans/dirty.ts';
import { around, mapped, type Plan, type Random, seeded, shuffled, wall } from '../../bench/plans/plan.ts';
import { detectRooms, type Room, type Wall } from '../../rooms/index.ts';

function randomWalls(count: number, random: Random): Wall[] {
  return Array.from({ length: count }, () => wall(random(), random(), random(), random()));
}

/** Walls between points of a small lattice, so that they often meet in corners, cross in one point and overlap. */
function latticeWalls(count: number, size: number, random: Random): Wall[] {
  const at = (): number => Math.floor(random() * size);
  return Array.from({ length: count }, () => wall(at(), at(), at(), at())).filter(
    (w) => w.start[0] !== w.end[0] || w.start[1] !== w.end[1],
  );
}

/** Every face counts as a room: nothing is taken for a sliver or a wall, nothing is joined. */
const EXACT = { tolerance: 0, thickWalls: 'room' } as const;

function ringArea(ring: readonly (readonly [number, number])[]): number {
  let twice = 0;
  ring.forEach(([x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length] ?? [0, 0];
    twice += x * v - u * y;
  });
  return twice / 2;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

describe('any arrangement of walls', () => {
  it('has as many faces as Euler says', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 60 }), fc.boolean(), (seed, count, lattice) => {
        const random = seeded(seed);
        const walls = lattice ? latticeWalls(count, 8, random) : randomWalls(count, random);
        if (walls.length === 0) return;
        const { rooms_count, stats } = detectRooms(walls, EXACT);
        // Faces of the graph without loose edges: its edges minus its vertices plus its components.
        const cycles = stats.edges - stats.loose_edges - stats.bounding_vertices + stats.components;
        expect(rooms_count + stats.repairs.sliver).toBe(cycles);
      }),
      { numRuns: 150 },
    );
  });

  it('has rooms that are simple rings of the right sense, as large as they say, with their labels inside', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 3, max: 50 }), (seed, count) => {
        for (const room of detectRooms(latticeWalls(count, 9, seeded(seed)), EXACT).rooms) {
          const outer = ringArea(room.polygon);
          const holes = room.holes.map(ringArea);
          expect(outer).toBeGreaterThan(0);
          expect(holes.every((area) => area < 0)).toBe(true);
          expect(room.area).toBeCloseTo(outer + holes.reduce((a, b) => a + b, 0), 9);
          for (const ring of [room.polygon, ...room.holes]) {
            expect(ring[0]).toEqual(ring[ring.length - 1]);
            expect(new Set(ring.map((p) => p.join())).size).toBe(ring.length - 1);
          }
          expect(contains(room, room.label_point)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('has rooms that fill what its outlines enclose', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 40 }), (seed, count) => {
        const inside = randomWalls(count, seeded(seed));
        const outline = around([
          [-0.1, -0.2],
          [1.3, -0.1],
          [1.1, 1.2],
          [-0.3, 1.1],
        ]);
        const whole = detectRooms(outline).total_area;
        const { rooms, total_area, stats } = detectRooms([...outline, ...inside], EXACT);
        expect(rooms.length).toBeGreaterThan(0);
        if (stats.repairs.sliver === 0) expect(total_area).toBeCloseTo(whole, 9);
      }),
      { numRuns: 100 },
    );
  });
});

function contains(room: Room, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  for (const ring of [room.polygon, ...room.holes]) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1] ?? [0, 0];
      const [bx, by] = ring[i] ?? [0, 0];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

/** What must not depend on how the walls were listed. */
function essence(walls: readonly Wall[]): unknown {
  const { rooms, total_area, confidence_score, tolerance, stats } = detectRooms(walls);
  const list = rooms.map((r) => ({
    id: r.id,
    polygon: r.polygon,
    holes: r.holes,
    area: r.area,
    label: r.label_point,
    neighbours: r.neighbours,
    confidence: r.confidence,
  }));
  return { list, total_area, confidence_score, tolerance, repairs: stats.repairs };
}

const plans: readonly [string, (random: Random) => Plan][] = [
  ['BSP', (r) => bsp(40, r)],
  ['Voronoi', (r) => voronoi(30, r)],
  ['polyominoes', (r) => polyominoes(7, r)],
];

describe.each(plans)('a %s plan', (_, make) => {
  it('gives the same rooms with the same ids, to the last bit, in any order and direction of walls', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = seeded(seed);
      const { walls } = make(random);
      const turned = walls.map((w) => (random() < 0.5 ? { ...w, start: w.end, end: w.start } : w));
      expect(essence(shuffled(turned, random))).toEqual(essence(walls));
    }
  });

  it('gives the same areas when walls are cut and drawn over', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = seeded(seed);
      const plan = make(random);
      expect(areas(overlapped(plan, random).walls, 1)).toEqual(areas(plan.walls, 1));
    }
  });

  it.each([
    ['turned', 1, (x: number, y: number) => [x * 0.6 - y * 0.8, x * 0.8 + y * 0.6] as const],
    ['moved far away', 1, (x: number, y: number) => [x + 4e6, y - 3e6] as const],
    ['in millimetres', 1e6, (x: number, y: number) => [x * 1000, y * 1000] as const],
    ['in kilometres', 1e-6, (x: number, y: number) => [x / 1000, y / 1000] as const],
    ['mirrored', 1, (x: number, y: number) => [-x, y] as const],
  ])('has rooms of the same areas when %s', (_, unit, map) => {
    const plan = make(seeded(3));
    const moved = mapped(plan, ([x, y]) => map(x, y));
    expect(areas(moved.walls, unit)).toEqual(areas(plan.walls, 1));
  });
});

/** Areas in square units to four decimals, in order. */
function areas(walls: readonly Wall[], unit: number): string[] {
  return detectRooms(walls)
    .rooms.map((r) => (r.area / unit).toFixed(4))
    .sort();
}

describe('beside GEOS', () => {
  let geos: Peer;
  beforeAll(async () => {
    const found = (await loadPeers()).find((peer) => peer.name === 'geos-wasm, union + polygonize');
    if (found === undefined) throw new Error('geos-wasm is not there');
    geos = found;
  });

  it('finds the same number of rooms with the same total area among walls thrown at random', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const walls = randomWalls(5 + (seed % 40), seeded(seed));
      const ours = detectRooms(walls, EXACT);
      const theirs = geos.run(walls);
      expect(ours.rooms_count + ours.stats.repairs.sliver).toBe(theirs.rooms);
      if (ours.stats.repairs.sliver === 0) expect(ours.total_area).toBeCloseTo(theirs.area, 9);
    }
  });

  it('finds the same number of rooms where many walls share corners, crossings and lines', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const walls = latticeWalls(5 + seed, 7, seeded(seed));
      const ours = detectRooms(walls, EXACT);
      const theirs = geos.run(walls);
      expect(ours.rooms_count + ours.stats.repairs.sliver).toBe(theirs.rooms);
      expect(ours.total_area).toBeCloseTo(theirs.area, 6);
    }
  });
});
