/**
 * Reads the walls into flat coordinates and derives the plan's scale from them. The scale is a length that
 * belongs to the drawing (about the width of its rooms), so that the same plan in millimetres and in
 * kilometres gets the same repairs.
 */

import { badCoordinate, isCoordinate, MAX_WALLS, PlanError, tooMany } from './plan.ts';
import { scratchFloats, scratchInts } from './scratch.ts';
import type { DetectOptions, Wall } from './types.ts';

/** Wall i runs from point 2i to point 2i + 1. */
export interface Drawing {
  readonly walls: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

export function readDrawing(walls: readonly Wall[], options: DetectOptions): Drawing {
  const n = walls.length;
  const maxWalls = options.maxWalls ?? MAX_WALLS;
  if (n > maxWalls) throw tooMany(n, maxWalls);
  const x = scratchFloats(2 * n);
  const y = scratchFloats(2 * n);
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  let drawn = false;
  for (let i = 0; i < n; i++) {
    const wall = walls[i] as Wall;
    const ax = wall.start[0];
    const ay = wall.start[1];
    const bx = wall.end[0];
    const by = wall.end[1];
    if (!(isCoordinate(ax) && isCoordinate(ay))) throw badCoordinate(`walls[${i}].start`, wall.start, i);
    if (!(isCoordinate(bx) && isCoordinate(by))) throw badCoordinate(`walls[${i}].end`, wall.end, i);
    x[2 * i] = ax;
    y[2 * i] = ay;
    x[2 * i + 1] = bx;
    y[2 * i + 1] = by;
    if (ax !== bx || ay !== by) drawn = true;
    if (ax < minX) minX = ax;
    if (bx < minX) minX = bx;
    if (ay < minY) minY = ay;
    if (by < minY) minY = by;
    if (ax > maxX) maxX = ax;
    if (bx > maxX) maxX = bx;
    if (ay > maxY) maxY = ay;
    if (by > maxY) maxY = by;
  }
  if (n > 0 && !drawn) {
    throw new PlanError(
      'plan.bad-wall',
      'walls[0]',
      'has no length, and no other wall of the plan has any',
      0,
    );
  }
  return { walls: n, x, y, minX, minY, maxX, maxY };
}

/** Below this share of the largest coordinate, differences are rounding of the doubles themselves. */
const ROUNDING = 2 ** -44;

export interface Scale {
  /** About the width of a room, in the plan's unit. */
  readonly scale: number;
  /** Displacements up to this come from rounding and are no repair. */
  readonly rounding: number;
}

export function scaleOf(drawing: Drawing): Scale {
  const largest = Math.max(
    Math.abs(drawing.minX),
    Math.abs(drawing.minY),
    Math.abs(drawing.maxX),
    Math.abs(drawing.maxY),
  );
  return { scale: planScale(drawing), rounding: largest * ROUNDING };
}

const BINS_PER_OCTAVE = 8;

/** Round lengths (powers of two) are in the middle of a bin, where rounding does not push them into another. */
function binOf(length: number): number {
  return Math.round(Math.log2(length) * BINS_PER_OCTAVE);
}

/**
 * The smaller of two lengths. Twice the box over the length of all walls is the distance between walls in a
 * plan that fills its box, however its walls are cut (a grid of unit rooms gives 1). The median wall, weighted
 * by length, bounds it where the plan does not fill its box.
 */
function planScale(drawing: Drawing): number {
  const { walls, x, y } = drawing;
  let total = 0;
  let shortest = Infinity;
  let longest = 0;
  const lengths = scratchFloats(walls);
  for (let i = 0; i < walls; i++) {
    const dx = (x[2 * i + 1] as number) - (x[2 * i] as number);
    const dy = (y[2 * i + 1] as number) - (y[2 * i] as number);
    const length = Math.sqrt(dx * dx + dy * dy);
    lengths[i] = length;
    if (length === 0) continue;
    if (length < shortest) shortest = length;
    if (length > longest) longest = length;
    total += length;
  }
  if (total === 0) return 0;
  const first = binOf(shortest);
  const bins = scratchFloats(binOf(longest) - first + 1).fill(0);
  for (let i = 0; i < walls; i++) {
    const length = lengths[i] as number;
    if (length === 0) continue;
    const bin = binOf(length) - first;
    bins[bin] = (bins[bin] as number) + length;
  }
  let bin = 0;
  for (let sum = bins[0] as number; sum < total / 2; sum += bins[bin] as number) bin++;
  const median = 2 ** ((first + bin) / BINS_PER_OCTAVE);
  const box = (drawing.maxX - drawing.minX) * (drawing.maxY - drawing.minY);
  if (box === 0) return median;
  const between = (2 * box) / total;
  if (between * DENSE > median) return Math.min(median, between);
  return Math.min(median, (2 * box) / lengthWithoutDoubles(drawing, median / FINE));
}

/** Walls this many times longer than they are apart may be one wall drawn over and over, */
const DENSE = 500;
/** and count as one if their ends share cells of a raster so many times finer than a wall is long. */
const FINE = 4000;

function lengthWithoutDoubles(drawing: Drawing, step: number): number {
  const { walls, x, y } = drawing;
  let size = 64;
  while (size < 2 * walls) size *= 2;
  const seen = scratchInts(size).fill(0);
  let total = 0;
  for (let i = 0; i < walls; i++) {
    const ax = Math.round((x[2 * i] as number) / step);
    const ay = Math.round((y[2 * i] as number) / step);
    const bx = Math.round((x[2 * i + 1] as number) / step);
    const by = Math.round((y[2 * i + 1] as number) / step);
    // The same number for both directions. Walls that hash alike are few and only make the scale coarser.
    const start = Math.imul(ax, 0x9e3779b1) ^ Math.imul(ay, 0x85ebca6b);
    const end = Math.imul(bx, 0x9e3779b1) ^ Math.imul(by, 0x85ebca6b);
    const key = Math.imul(start + end, 0xc2b2ae35) ^ (start ^ end) || 1;
    let slot = (key ^ (key >>> 15)) & (size - 1);
    while (seen[slot] !== 0 && seen[slot] !== key) slot = (slot + 1) & (size - 1);
    if (seen[slot] === key) continue;
    seen[slot] = key;
    total += Math.hypot(bx - ax, by - ay) * step;
  }
  return total > 0 ? total : step;
}
