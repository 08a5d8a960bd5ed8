/**
 * The one geometric predicate on which the topology rests, exact for all doubles: a floating-point filter with
 * Shewchuk's error bound, and adaptive arithmetic where the filter cannot tell.
 */
import { orient2d } from 'robust-predicates';

/** (3 + 16u)u with u = 2^-53, the bound of stage A in Shewchuk 1997, "Adaptive precision…", section 4.2. */
const BOUND = 3.3306690738754716e-16;

/** Positive where a → b → c turns left, negative where it turns right, 0 where the three are collinear. */
export function turn(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const det = left - right;
  const sum = Math.abs(left) + Math.abs(right);
  if (Math.abs(det) >= BOUND * sum) return det;
  // robust-predicates counts y downwards, so its sign is the opposite of ours.
  return -orient2d(ax, ay, bx, by, cx, cy);
}
