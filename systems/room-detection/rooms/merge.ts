/**
 * Joins vertices that were meant to be one: all that are linked by steps no longer than the tolerance, as long as
 * they stay together within a few tolerances. A longer chain (a curve drawn in short pieces) is thinned instead.
 */
import { IntList } from './arrays.ts';
import { type Ends, placed } from './ends.ts';
import type { Drawing } from './scale.ts';
import { scratchFlags, scratchFloats, scratchInts } from './scratch.ts';
import { Vertices } from './vertices.ts';

/** Vertices this near to each other, in tolerances, are one before any linking, which bounds the work. */
const SAME = 1 / 4;
/** A group of linked vertices is one vertex if it is no wider than this, in tolerances. */
const WIDEST = 3;

export function mergeEnds(drawing: Drawing, ends: Ends, scale: number, tolerance: number): Ends {
  const { count, x, y } = ends;
  const same = new Vertices(drawing, scale / 2, tolerance * SAME, count);
  const spot = scratchInts(count);
  for (let v = 0; v < count; v++) {
    const found = same.find(x[v] as number, y[v] as number);
    spot[v] = found >= 0 ? found : same.add(x[v] as number, y[v] as number);
  }
  const group = linked(drawing, same, scale, tolerance);
  split(same, group, tolerance);
  const groupOf = scratchInts(count);
  for (let v = 0; v < count; v++) groupOf[v] = group[spot[v] as number] as number;
  const vertexOf = scratchInts(ends.vertexOf.length);
  for (let p = 0; p < vertexOf.length; p++) vertexOf[p] = groupOf[ends.vertexOf[p] as number] as number;
  const { atX, atY } = places(ends, groupOf, same.count);
  const merged = compact(drawing, vertexOf, atX, atY, same.count);
  return merged;
}

/** For each vertex the lowest one of its group. */
function linked(drawing: Drawing, spots: Vertices, scale: number, tolerance: number): Int32Array {
  const parent = scratchInts(spots.count);
  const root = (v: number): number => {
    let r = v;
    while (parent[r] !== r) {
      parent[r] = parent[parent[r] as number] as number;
      r = parent[r] as number;
    }
    return r;
  };
  const index = new Vertices(drawing, scale / 2, tolerance, spots.count);
  const near = new IntList();
  for (let v = 0; v < spots.count; v++) {
    parent[v] = v;
    const vx = spots.x[v] as number;
    const vy = spots.y[v] as number;
    index.near(vx, vy, near);
    for (let i = 0; i < near.length; i++) {
      const a = root(near.data[i] as number);
      const b = root(v);
      if (a !== b) parent[Math.max(a, b)] = Math.min(a, b);
    }
    index.add(vx, vy);
  }
  for (let v = 0; v < spots.count; v++) parent[v] = root(v);
  return parent;
}

/** Takes groups that are too wide apart: a vertex joins the first of its group that is within the tolerance. */
function split(spots: Vertices, group: Int32Array, tolerance: number): void {
  const { count, x, y } = spots;
  const [minX, maxX] = [copied(x, count), copied(x, count)];
  const [minY, maxY] = [copied(y, count), copied(y, count)];
  for (let v = 0; v < count; v++) {
    const g = group[v] as number;
    minX[g] = Math.min(minX[g] as number, x[v] as number);
    maxX[g] = Math.max(maxX[g] as number, x[v] as number);
    minY[g] = Math.min(minY[g] as number, y[v] as number);
    maxY[g] = Math.max(maxY[g] as number, y[v] as number);
  }
  const wide = scratchFlags(count).fill(0);
  let any = false;
  for (let g = 0; g < count; g++) {
    const width = (maxX[g] as number) - (minX[g] as number);
    const height = (maxY[g] as number) - (minY[g] as number);
    if (width * width + height * height <= (WIDEST * tolerance) ** 2) continue;
    wide[g] = 1;
    any = true;
  }
  if (!any) return;
  const box = { minX: x[0] as number, minY: y[0] as number, maxX: x[0] as number, maxY: y[0] as number };
  const kept = new Vertices(box, 8 * tolerance, tolerance, 1024);
  const keptVertex = new IntList();
  for (let v = 0; v < count; v++) {
    if (wide[group[v] as number] === 0) continue;
    const found = kept.find(x[v] as number, y[v] as number);
    if (found >= 0) {
      group[v] = keptVertex.data[found] as number;
    } else {
      kept.add(x[v] as number, y[v] as number);
      keptVertex.push(v);
      group[v] = v;
    }
  }
}

function copied(array: Float64Array, count: number): Float64Array {
  const copy = scratchFloats(count);
  copy.set(array.subarray(0, count));
  return copy;
}

/** Where each group stands: where most of its ends met already, else in the middle of its vertices. */
function places(ends: Ends, groupOf: Int32Array, groups: number): { atX: Float64Array; atY: Float64Array } {
  const { count, x, y } = ends;
  const met = scratchInts(count).fill(0);
  for (const v of ends.vertexOf) met[v] = (met[v] as number) + 1;
  const maxMet = scratchInts(groups).fill(0);
  const members = scratchInts(groups).fill(0);
  const atX = scratchFloats(groups).fill(0);
  const atY = scratchFloats(groups).fill(0);
  for (let v = 0; v < count; v++) {
    const g = groupOf[v] as number;
    if ((met[v] as number) > (maxMet[g] as number)) {
      maxMet[g] = met[v] as number;
      members[g] = 0;
      atX[g] = 0;
      atY[g] = 0;
    }
    if (met[v] !== maxMet[g]) continue;
    // A running mean, which does not lose small differences far from the origin.
    const n = (members[g] as number) + 1;
    members[g] = n;
    atX[g] = (atX[g] as number) + ((x[v] as number) - (atX[g] as number)) / n;
    atY[g] = (atY[g] as number) + ((y[v] as number) - (atY[g] as number)) / n;
  }
  return { atX, atY };
}

/** Leaves out the numbers of groups that have no vertex, then numbers by place. */
function compact(
  drawing: Drawing,
  vertexOf: Int32Array,
  x: Float64Array,
  y: Float64Array,
  groups: number,
): Ends {
  const number = scratchInts(groups).fill(-1);
  let count = 0;
  for (let p = 0; p < vertexOf.length; p++) {
    const g = vertexOf[p] as number;
    if ((number[g] as number) < 0) {
      number[g] = count;
      count++;
    }
    vertexOf[p] = number[g] as number;
  }
  const atX = scratchFloats(count);
  const atY = scratchFloats(count);
  for (let g = 0; g < groups; g++) {
    const v = number[g] as number;
    if (v < 0) continue;
    atX[v] = x[g] as number;
    atY[v] = y[g] as number;
  }
  const ends = placed(drawing, vertexOf, atX, atY, count);
  return ends;
}
