/** Rings of positions and what can be measured on them: sense, centre of mass, box. */
import type { Box, Position, Ring } from './types.ts';

/** Takes a walk that passes some vertices more than once apart into rings that do not. */
export function simpleRings(walk: Int32Array): number[][] {
  const rings: number[][] = [];
  const place = new Map<number, number>();
  const stack: number[] = [];
  for (const v of walk) {
    const seen = place.get(v);
    if (seen !== undefined) {
      const ring = stack.splice(seen);
      rings.push(ring);
      for (const w of ring) place.delete(w);
    }
    place.set(v, stack.length);
    stack.push(v);
  }
  rings.push(stack);
  return rings;
}

export function ringArea(ring: Ring): number {
  const [x0, y0] = ring[0] as Position;
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const p = ring[i - 1] as Position;
    const q = ring[i] as Position;
    twice += (p[0] - x0) * (q[1] - y0) - (q[0] - x0) * (p[1] - y0);
  }
  return twice / 2;
}

export function compareRings(a: Ring, b: Ring): number {
  const [ax, ay] = a[0] as Position;
  const [bx, by] = b[0] as Position;
  return ay - by || ax - bx || a.length - b.length;
}

export interface Mass {
  readonly centroid: Position;
  readonly convex: boolean;
}

/** Holes turn the other way, so their moments subtract by themselves. */
export function massOf(outer: Ring, holes: readonly Ring[]): Mass {
  const [x0, y0] = outer[0] as Position;
  let twice = 0;
  let mx = 0;
  let my = 0;
  let convex = holes.length === 0;
  for (let r = -1; r < holes.length; r++) {
    const ring = r < 0 ? outer : (holes[r] as Ring);
    const last = ring.length - 1;
    for (let i = 1; i <= last; i++) {
      const p = ring[i - 1] as Position;
      const q = ring[i] as Position;
      const px = p[0] - x0;
      const py = p[1] - y0;
      const qx = q[0] - x0;
      const qy = q[1] - y0;
      const cross = px * qy - qx * py;
      twice += cross;
      mx += (px + qx) * cross;
      my += (py + qy) * cross;
      if (convex) {
        const s = ring[i === last ? 1 : i + 1] as Position;
        convex = (q[0] - p[0]) * (s[1] - q[1]) >= (q[1] - p[1]) * (s[0] - q[0]);
      }
    }
  }
  return { centroid: [x0 + mx / (3 * twice), y0 + my / (3 * twice)], convex };
}

export function boxOf(ring: Ring): Box {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 1; i < ring.length; i++) {
    const p = ring[i] as Position;
    minX = Math.min(minX, p[0]);
    maxX = Math.max(maxX, p[0]);
    minY = Math.min(minY, p[1]);
    maxY = Math.max(maxY, p[1]);
  }
  return [minX, minY, maxX, maxY];
}
