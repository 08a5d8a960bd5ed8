/** All families with their sizes, and how good detection has to be on each. */
import {
  bsp,
  campus,
  courtyards,
  crossingLines,
  grid,
  polyominoes,
  spiral,
  touching,
  voronoi,
} from './clean.ts';
import { doubleLines, furnished, gapped, jittered, overlapped, overshot, thickOutlines } from './dirty.ts';
import { mapped, type Plan, type Random } from './plan.ts';

export interface Family {
  readonly name: string;
  /** A clean family must come out perfect. */
  readonly clean: boolean;
  readonly make: (random: Random) => Plan;
}

const turnedBy = (angle: number) => (plan: Plan) => {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return mapped(plan, ([x, y]) => [x * cos - y * sin, x * sin + y * cos]);
};
const scaledBy =
  (by: number, dx = 0, dy = 0) =>
  (plan: Plan) =>
    mapped(plan, ([x, y]) => [x * by + dx, y * by + dy]);

const size = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

/** The plan kinds with rooms about four units wide, for what is given in units. */
const roomy: readonly ((random: Random) => Plan)[] = [
  (r) => scaledBy(4)(grid(size(r, 2, 14))),
  (r) => bsp(size(r, 3, 150), r),
  (r) => voronoi(size(r, 4, 120), r),
  (r) => scaledBy(4)(polyominoes(size(r, 3, 14), r)),
];

/** One of those kinds, any of them equally likely. */
const any = (r: Random): Plan => (roomy[Math.floor(r() * roomy.length)] as (random: Random) => Plan)(r);

export const FAMILIES: readonly Family[] = [
  { name: 'grid', clean: true, make: (r) => grid(size(r, 1, 30)) },
  { name: 'crossing lines', clean: true, make: (r) => crossingLines(size(r, 1, 30)) },
  { name: 'BSP', clean: true, make: (r) => bsp(size(r, 1, 400), r) },
  { name: 'Voronoi', clean: true, make: (r) => voronoi(size(r, 2, 200), r) },
  { name: 'L, U and T shapes', clean: true, make: (r) => polyominoes(size(r, 2, 25), r) },
  { name: 'spirals', clean: true, make: (r) => spiral(size(r, 1, 6), r) },
  { name: 'courtyards in courtyards', clean: true, make: (r) => courtyards(size(r, 2, 8), r) },
  { name: 'rooms touching in points', clean: true, make: (r) => touching(size(r, 2, 15)) },
  { name: 'several buildings', clean: true, make: (r) => campus(r) },
  { name: 'turned by any angle', clean: true, make: (r) => turnedBy(r() * 7)(any(r)) },
  { name: 'millimetres, far from the origin', clean: true, make: (r) => scaledBy(1000, 4e6, 5.3e6)(any(r)) },
  { name: 'a thousandth of the size', clean: true, make: (r) => scaledBy(0.001)(any(r)) },
  { name: 'overlaps and duplicates', clean: true, make: (r) => overlapped(any(r), r) },
  { name: 'turned overlaps', clean: true, make: (r) => turnedBy(r() * 7)(overlapped(any(r), r)) },
  { name: 'dangling walls', clean: true, make: (r) => furnished(any(r), r) },
  {
    name: 'thick walls, outlined',
    clean: true,
    make: (r) => thickOutlines(bsp(size(r, 3, 100), r), 0.1 + 0.3 * r()),
  },
  {
    name: 'thick walls, double lines',
    clean: true,
    make: (r) => doubleLines(size(r, 1, 12), 0.1 + 0.3 * r()),
  },
  { name: 'jitter 1 in 4000', clean: false, make: (r) => jittered(any(r), 0.001, r) },
  { name: 'jitter 1 in 1000', clean: false, make: (r) => jittered(any(r), 0.004, r) },
  { name: 'jitter 1 in 400', clean: false, make: (r) => jittered(any(r), 0.01, r) },
  { name: 'gaps up to 1 in 200', clean: false, make: (r) => gapped(any(r), 0.02, r) },
  { name: 'gaps up to 1 in 50', clean: false, make: (r) => gapped(any(r), 0.08, r) },
  { name: 'overshoots up to 1 in 20', clean: false, make: (r) => overshot(any(r), 0.2, r) },
  { name: 'overshoots and jitter', clean: false, make: (r) => jittered(overshot(any(r), 0.1, r), 0.002, r) },
  {
    name: 'gaps, overlaps and jitter',
    clean: false,
    make: (r) => jittered(gapped(overlapped(any(r), r), 0.02, r), 0.002, r),
  },
  {
    name: 'turned jitter in millimetres',
    clean: false,
    make: (r) => turnedBy(r() * 7)(scaledBy(1000)(jittered(any(r), 0.002, r))),
  },
  {
    name: 'thick walls, jitter',
    clean: false,
    make: (r) => jittered(thickOutlines(bsp(size(r, 3, 60), r), 0.1 + 0.3 * r()), 0.002, r),
  },
];
