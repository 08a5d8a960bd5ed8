/** A generated plan with its true rooms, and the random numbers to make it from. */
import type { Wall } from '../../rooms/index.ts';

export type Point = readonly [number, number];
/** The area inside an odd number of these closed rings; rings of one room may share sides. */
export type Truth = readonly (readonly Point[])[];

export interface Plan {
  readonly family: string;
  readonly walls: Wall[];
  readonly rooms: readonly Truth[];
}

export type Random = () => number;

/** A small seeded generator (mulberry32), so that a failure can be repeated. */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function wall(ax: number, ay: number, bx: number, by: number, bearing = false): Wall {
  return bearing
    ? { type: 'line', start: [ax, ay], end: [bx, by], is_load_bearing: true }
    : { type: 'line', start: [ax, ay], end: [bx, by] };
}

/** The walls around a ring of corners. */
export function around(corners: readonly Point[]): Wall[] {
  return corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length] as Point;
    return wall(ax, ay, bx, by);
  });
}

export function rectangle(x0: number, y0: number, x1: number, y1: number): readonly Point[] {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
}

/** The plan after the same map of all its points, which must keep straight lines straight. */
export function mapped(plan: Plan, map: (p: Point) => Point, family = plan.family): Plan {
  return {
    family,
    walls: plan.walls.map((w) => ({ ...w, start: map(w.start), end: map(w.end) })),
    rooms: plan.rooms.map((rings) => rings.map((ring) => ring.map(map))),
  };
}

export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const list = [...items];
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
}
