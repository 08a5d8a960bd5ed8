/** What people do to plans: the same rooms, drawn less well. */

import type { Wall } from '../../rooms/index.ts';
import { around, type Plan, type Point, type Random, rectangle, type Truth, wall } from './plan.ts';

function each(plan: Plan, family: string, change: (w: Wall) => readonly Wall[]): Plan {
  return { ...plan, family: `${plan.family}, ${family}`, walls: plan.walls.flatMap(change) };
}

function signed(random: Random): number {
  return random() * 2 - 1;
}

/** A wall drawn from `a` before its start to `b` after its end. */
function stretched(w: Wall, a: number, b: number): Wall {
  const dx = w.end[0] - w.start[0];
  const dy = w.end[1] - w.start[1];
  const length = Math.hypot(dx, dy);
  const ux = dx / length;
  const uy = dy / length;
  return {
    ...w,
    start: [w.start[0] - a * ux, w.start[1] - a * uy],
    end: [w.end[0] + b * ux, w.end[1] + b * uy],
  };
}

/** Each end of each wall is off by up to `by` in x and in y. */
export function jittered(plan: Plan, by: number, random: Random): Plan {
  const off = ([x, y]: Point): Point => [x + by * signed(random), y + by * signed(random)];
  return each(plan, `jitter ${by}`, (w) => [{ ...w, start: off(w.start), end: off(w.end) }]);
}

/** One end in four stops short. */
export function gapped(plan: Plan, by: number, random: Random): Plan {
  const short = (): number => (random() < 0.25 ? -by * random() : 0);
  return each(plan, `gaps ${by}`, (w) => [stretched(w, short(), short())]);
}

/** Half of all ends run past. */
export function overshot(plan: Plan, by: number, random: Random): Plan {
  const past = (): number => (random() < 0.5 ? by * random() : 0);
  return each(plan, `overshoots ${by}`, (w) => [stretched(w, past(), past())]);
}

/** Walls drawn twice, in parts, in parts that overlap, backwards. The rooms stay exactly the same. */
export function overlapped(plan: Plan, random: Random): Plan {
  const along = (w: Wall, t: number): Point => [
    w.start[0] + t * (w.end[0] - w.start[0]),
    w.start[1] + t * (w.end[1] - w.start[1]),
  ];
  return each(plan, 'overlaps', (w) => {
    const kind = Math.floor(random() * 4);
    const a = random();
    const b = random();
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    if (kind === 0) return [w, { ...w, start: w.end, end: w.start }];
    if (kind === 1) return [w, { ...w, start: along(w, low), end: along(w, high) }];
    if (kind === 2) {
      return [
        { ...w, end: along(w, high) },
        { ...w, start: along(w, low) },
      ];
    }
    return [
      { ...w, start: along(w, low), end: w.start },
      { ...w, start: along(w, low) },
    ];
  });
}

/** Free-standing walls that bound nothing: one in each room, and one that sticks into it from the border. */
export function furnished(plan: Plan, random: Random): Plan {
  const extra = plan.rooms.flatMap((rings) => {
    const [[x, y] = [0, 0], [u, v] = [0, 0], [s, t] = [0, 0]] = rings[0] ?? [];
    const inX = (x + u + s) / 3;
    const inY = (y + v + t) / 3;
    const k = 0.3 + 0.4 * random();
    return [
      wall(inX, inY, inX + (u - x) * 0.06, inY + (v - y) * 0.06),
      wall(x + (inX - x) * k, y + (inY - y) * k, x, y),
    ];
  });
  return { ...plan, family: `${plan.family}, dangling walls`, walls: [...plan.walls, ...extra] };
}

/** Rectangular rooms inside walls of some thickness: each room outlined, and the building around them. */
export function thickOutlines(plan: Plan, thickness: number): Plan {
  const half = thickness / 2;
  const rooms: Truth[] = plan.rooms.map((rings) => [inset(rings[0] ?? [], half)]);
  const all = plan.rooms.flat(2);
  const xs = all.map((p) => p[0]);
  const ys = all.map((p) => p[1]);
  const outer = rectangle(
    Math.min(...xs) - half,
    Math.min(...ys) - half,
    Math.max(...xs) + half,
    Math.max(...ys) + half,
  );
  const walls = [outer, ...rooms.flat()].flatMap(around);
  return { family: `${plan.family}, thick walls outlined`, walls, rooms };
}

function inset(ring: readonly Point[], by: number): readonly Point[] {
  const xs = ring.map((p) => p[0]);
  const ys = ring.map((p) => p[1]);
  return rectangle(Math.min(...xs) + by, Math.min(...ys) + by, Math.max(...xs) - by, Math.max(...ys) - by);
}

/** A grid of rooms whose walls are each drawn as two lines through the whole plan. */
export function doubleLines(n: number, thickness: number): Plan {
  const walls = [];
  const rooms: Truth[] = [];
  const half = thickness / 2;
  for (let i = 0; i <= n; i++) {
    for (const at of [4 * i - half, 4 * i + half]) {
      walls.push(wall(-half, at, 4 * n + half, at), wall(at, -half, at, 4 * n + half));
    }
    for (let k = 0; k < n && i < n; k++) {
      rooms.push([rectangle(4 * k + half, 4 * i + half, 4 * k + 4 - half, 4 * i + 4 - half)]);
    }
  }
  return { family: 'thick walls as double lines', walls, rooms };
}
