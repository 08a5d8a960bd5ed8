/**
 * The vertices of the arrangement, found by position: points closer to each other than the tolerance are one
 * vertex. A bucket grid with chains; buckets may be shared by far cells, since distance is checked anyway.
 */
import { grownFloats, grownInts } from './arrays.ts';

/** More chain steps a look-up than this, on average, and the cells are made smaller. */
const CROWDED = 24;

export class Vertices {
  count = 0;
  x: Float64Array;
  y: Float64Array;
  readonly tolerance: number;
  private readonly minX: number;
  private readonly minY: number;
  private cell: number;
  private mask: number;
  private heads: Int32Array;
  private next: Int32Array;
  private steps = 0;
  private lookups = 0;

  constructor(minX: number, minY: number, cell: number, tolerance: number, capacity: number) {
    this.minX = minX;
    this.minY = minY;
    this.tolerance = tolerance;
    this.cell = Math.max(cell, 4 * tolerance);
    let size = 64;
    while (size < capacity) size *= 2;
    this.mask = size - 1;
    this.heads = new Int32Array(size).fill(-1);
    this.next = new Int32Array(capacity);
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
  }

  /** The nearest vertex within the tolerance, or -1. */
  find(x: number, y: number): number {
    const cell = this.cell;
    const near = this.tolerance;
    const x0 = Math.floor((x - near - this.minX) / cell);
    const x1 = Math.floor((x + near - this.minX) / cell);
    const y0 = Math.floor((y - near - this.minY) / cell);
    const y1 = Math.floor((y + near - this.minY) / cell);
    let best = -1;
    let least = near * near;
    let steps = 0;
    for (let iy = y0; iy <= y1; iy++) {
      for (let ix = x0; ix <= x1; ix++) {
        let v = this.heads[this.bucket(ix, iy)] as number;
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

  add(x: number, y: number): number {
    const v = this.count++;
    if (v === this.x.length) this.grow();
    this.x[v] = x;
    this.y[v] = y;
    if (this.steps > CROWDED * (this.lookups + 1000) && this.cell > 4 * this.tolerance) this.refine();
    else this.link(v);
    return v;
  }

  private link(v: number): void {
    const ix = Math.floor(((this.x[v] as number) - this.minX) / this.cell);
    const iy = Math.floor(((this.y[v] as number) - this.minY) / this.cell);
    const bucket = this.bucket(ix, iy);
    this.next[v] = this.heads[bucket] as number;
    this.heads[bucket] = v;
  }

  private bucket(ix: number, iy: number): number {
    return (ix + Math.imul(iy, 0x9e3779b1)) & this.mask;
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

  private refine(): void {
    this.cell = Math.max(this.cell / 8, 4 * this.tolerance);
    this.steps = 0;
    this.lookups = 0;
    this.relink(this.count);
  }

  private relink(count: number): void {
    this.heads = new Int32Array(this.mask + 1).fill(-1);
    for (let v = 0; v < count; v++) this.link(v);
  }
}
