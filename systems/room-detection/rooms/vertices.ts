/**
 * Vertices found by place: points closer to each other than the tolerance are one vertex. A bucket grid with
 * chains; far cells may share a bucket, since distance is checked anyway.
 */
import { grownFloats, grownInts, type IntList } from './arrays.ts';
import type { Box } from './cells.ts';
import { scratchFloats, scratchInts } from './scratch.ts';

/** More chain steps a look-up than this, on average, and the cells are made smaller. */
const CROWDED = 24;
/** Smallest cell, in tolerances: small enough that few vertices fit, large enough that few look-ups span two. */
const MIN_CELL = 8;
/** An odd multiplier that sends neighbouring rows far apart. */
const SCATTER = 0x9e3779b1;

export class Vertices {
  count = 0;
  x: Float64Array;
  y: Float64Array;
  readonly tolerance: number;
  private readonly minX: number;
  private readonly minY: number;
  private stride: number;
  private cell: number;
  private mask: number;
  private heads: Int32Array;
  private next: Int32Array;
  private steps = 0;
  private lookups = 0;

  constructor(box: Box, cell: number, tolerance: number, capacity: number) {
    this.minX = box.minX;
    this.minY = box.minY;
    this.tolerance = tolerance;
    this.cell = Math.max(cell, MIN_CELL * tolerance, Number.MIN_VALUE);
    let size = 64;
    while (size < capacity) size *= 2;
    this.mask = size - 1;
    // Rows follow each other in the table where the grid fits into it, and are scattered where it does not.
    const columns = Math.floor((box.maxX - box.minX) / this.cell) + 2;
    const rows = Math.floor((box.maxY - box.minY) / this.cell) + 2;
    this.stride = columns * rows <= size ? columns : SCATTER;
    this.heads = scratchInts(size).fill(-1);
    this.next = scratchInts(capacity);
    this.x = scratchFloats(capacity);
    this.y = scratchFloats(capacity);
  }

  /** The nearest vertex within the tolerance, or -1. */
  find(x: number, y: number): number {
    const cell = this.cell;
    const near = this.tolerance;
    const cx = (x - this.minX) / cell;
    const cy = (y - this.minY) / cell;
    const reach = near / cell;
    const x0 = Math.floor(cx - reach);
    const x1 = Math.floor(cx + reach);
    const y0 = Math.floor(cy - reach);
    const y1 = Math.floor(cy + reach);
    let best = -1;
    let least = near * near;
    let steps = 0;
    for (let iy = y0; iy <= y1; iy++) {
      for (let ix = x0; ix <= x1; ix++) {
        let v = this.heads[(ix + Math.imul(iy, this.stride)) & this.mask] as number;
        while (v >= 0) {
          const dx = (this.x[v] as number) - x;
          const dy = (this.y[v] as number) - y;
          const d = dx * dx + dy * dy;
          if (d < least || (d === least && best < 0)) {
            least = d;
            best = v;
          }
          v = this.next[v] as number;
          steps++;
        }
      }
    }
    this.steps += steps;
    this.lookups++;
    return best;
  }

  /** All vertices within the tolerance. */
  near(x: number, y: number, found: IntList): void {
    found.length = 0;
    const { cell, tolerance } = this;
    const x1 = Math.floor((x + tolerance - this.minX) / cell);
    const y1 = Math.floor((y + tolerance - this.minY) / cell);
    for (let iy = Math.floor((y - tolerance - this.minY) / cell); iy <= y1; iy++) {
      for (let ix = Math.floor((x - tolerance - this.minX) / cell); ix <= x1; ix++) {
        let v = this.heads[(ix + Math.imul(iy, this.stride)) & this.mask] as number;
        for (; v >= 0; v = this.next[v] as number) {
          const dx = (this.x[v] as number) - x;
          const dy = (this.y[v] as number) - y;
          if (dx * dx + dy * dy <= tolerance * tolerance) found.push(v);
          this.steps++;
        }
      }
    }
    this.lookups++;
  }

  add(x: number, y: number): number {
    const v = this.count++;
    if (v === this.x.length) this.grow();
    this.x[v] = x;
    this.y[v] = y;
    const least = MIN_CELL * this.tolerance;
    if (this.steps > CROWDED * (this.lookups + 1000) && this.cell > least) this.refine(least);
    else this.link(v);
    return v;
  }

  private link(v: number): void {
    const ix = Math.floor(((this.x[v] as number) - this.minX) / this.cell);
    const iy = Math.floor(((this.y[v] as number) - this.minY) / this.cell);
    const bucket = (ix + Math.imul(iy, this.stride)) & this.mask;
    this.next[v] = this.heads[bucket] as number;
    this.heads[bucket] = v;
  }

  private grow(): void {
    const capacity = this.x.length * 2;
    this.x = grownFloats(this.x, capacity);
    this.y = grownFloats(this.y, capacity);
    this.next = grownInts(this.next, capacity);
    if (capacity > 2 * this.mask) {
      this.mask = this.mask * 2 + 1;
      this.relink(this.count - 1);
    }
  }

  private refine(least: number): void {
    this.cell = Math.max(this.cell / 8, least);
    this.stride = SCATTER;
    this.steps = 0;
    this.lookups = 0;
    this.relink(this.count);
  }

  private relink(count: number): void {
    this.heads = scratchInts(this.mask + 1).fill(-1);
    for (let v = 0; v < count; v++) this.link(v);
  }
}
