/**
 * Small tools for the typed arrays on which the engine runs. Reads from typed arrays are written
 * `array[i] as number` throughout: the indices come from counting sorts over the same arrays, and a check per
 * read would cost more than the work it guards.
 */

/**
 * Memory for the arrays that are needed on the way, not in the result. V8 collects garbage after every so many
 * megabytes of new typed arrays, and each time walks over all walls of the plan. So these arrays are cut from one
 * buffer, of which only what is written to takes real memory; what is given back is used again first.
 */
interface Block {
  readonly buffer: ArrayBuffer;
  readonly offset: number;
}

/** Smaller arrays are not worth the bother. */
const LEAST_BYTES = 4096;
const BYTES_PER_WALL = 768;
const LEAST_BUFFER = 2 ** 20;
const MOST_BUFFER = 2 ** 30;
/** A buffer up to this size serves the next plan too. */
const MOST_KEPT = 96 * 2 ** 20;

let whole = new ArrayBuffer(0);
let used = 0;
/** Blocks that were given back, by the power of two that fits into them. */
const spare: Block[][] = Array.from({ length: 40 }, () => []);

/** Lays out memory for a plan with so many walls. */
export function openMemory(walls: number): void {
  const bytes = Math.max(LEAST_BUFFER, Math.min(MOST_BUFFER, walls * BYTES_PER_WALL));
  if (whole.byteLength < bytes) whole = new ArrayBuffer(bytes);
  used = 0;
}

/** To be called after each plan, also where it failed. No array that was taken may be used any more. */
export function closeMemory(): void {
  for (const blocks of spare) blocks.length = 0;
  if (whole.byteLength > MOST_KEPT) whole = new ArrayBuffer(0);
}

/** An array with any content, to be overwritten; for use until the plan is done. */
export function takeInts(length: number): Int32Array<ArrayBuffer> {
  if (length * 4 < LEAST_BYTES) return new Int32Array(length);
  const { buffer, offset } = takeBlock(length * 4);
  return new Int32Array(buffer, offset, length);
}

export function takeFloats(length: number): Float64Array<ArrayBuffer> {
  if (length * 8 < LEAST_BYTES) return new Float64Array(length);
  const { buffer, offset } = takeBlock(length * 8);
  return new Float64Array(buffer, offset, length);
}

function takeBlock(bytes: number): Block {
  const block = spare[Math.ceil(Math.log2(bytes))]?.pop();
  if (block !== undefined) return block;
  const aligned = Math.ceil(bytes / 8) * 8;
  if (used + aligned > whole.byteLength) return { buffer: new ArrayBuffer(aligned), offset: 0 };
  const offset = used;
  used += aligned;
  return { buffer: whole, offset };
}

/** Gives back arrays that nothing uses any more, nor any array on the same memory. */
export function giveBack(...arrays: readonly (Int32Array | Float64Array)[]): void {
  for (const { buffer, byteOffset, byteLength } of arrays) {
    if (buffer instanceof ArrayBuffer && byteLength >= LEAST_BYTES) {
      spare[Math.floor(Math.log2(byteLength))]?.push({ buffer, offset: byteOffset });
    }
  }
}

/** A list of numbers that grows by doubling; like all taken arrays, for use until the plan is done. */
export class IntList {
  length = 0;
  data: Int32Array;

  constructor(capacity = 64) {
    this.data = takeInts(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const full = this.data;
      this.data = takeInts(this.length * 2 + 16);
      this.data.set(full);
      giveBack(full);
    }
    this.data[this.length++] = value;
  }
}

export class FloatList {
  length = 0;
  data: Float64Array;

  constructor(capacity = 64) {
    this.data = takeFloats(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) {
      const full = this.data;
      this.data = takeFloats(this.length * 2 + 16);
      this.data.set(full);
      giveBack(full);
    }
    this.data[this.length++] = value;
  }
}

/** The same numbers with room for more after them. */
export function grownInts(array: Int32Array, capacity: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(capacity);
  grown.set(array);
  return grown;
}

export function grownFloats(array: Float64Array, capacity: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(capacity);
  grown.set(array);
  return grown;
}

/** Where each group of a counting sort starts; `starts[groups]` is the total. */
export function groupStarts(keys: Int32Array, count: number, groups: number): Int32Array {
  const starts = takeInts(groups + 1).fill(0);
  for (let i = 0; i < count; i++) {
    const slot = (keys[i] as number) + 1;
    starts[slot] = (starts[slot] as number) + 1;
  }
  for (let g = 0; g < groups; g++) starts[g + 1] = (starts[g + 1] as number) + (starts[g] as number);
  return starts;
}

/** Stable counting sort: the items of `order` (or 0…count-1) by `keys[item]`. */
export function sortedByKey(
  keys: Int32Array,
  count: number,
  starts: Int32Array,
  order: Int32Array | null,
): Int32Array {
  const at = takeInts(starts.length);
  at.set(starts);
  const sorted = takeInts(count);
  for (let i = 0; i < count; i++) {
    const item = order === null ? i : (order[i] as number);
    const key = keys[item] as number;
    const slot = at[key] as number;
    at[key] = slot + 1;
    sorted[slot] = item;
  }
  giveBack(at);
  return sorted;
}

const spareKeys = new FloatList();
const spareItems = new IntList();

/** Sorts items[from…to-1] and their keys by key, then by item. In place; a merge sort above a few. */
export function sortKeyed(keys: Float64Array, items: Int32Array, from: number, to: number): void {
  const n = to - from;
  if (n <= 16) {
    sortFew(keys, items, from, to);
    return;
  }
  const middle = from + (n >> 1);
  sortKeyed(keys, items, from, middle);
  sortKeyed(keys, items, middle, to);
  if (!after(keys, items, middle - 1, keys[middle] as number, items[middle] as number)) return;
  const half = middle - from;
  if (spareKeys.data.length < half) {
    spareKeys.data = new Float64Array(2 * half);
    spareItems.data = new Int32Array(2 * half);
  }
  const leftKeys = spareKeys.data;
  const leftItems = spareItems.data;
  for (let i = 0; i < half; i++) {
    leftKeys[i] = keys[from + i] as number;
    leftItems[i] = items[from + i] as number;
  }
  let left = 0;
  let right = middle;
  for (let at = from; left < half; at++) {
    if (right < to && after(leftKeys, leftItems, left, keys[right] as number, items[right] as number)) {
      keys[at] = keys[right] as number;
      items[at] = items[right++] as number;
    } else {
      keys[at] = leftKeys[left] as number;
      items[at] = leftItems[left++] as number;
    }
  }
}

function sortFew(keys: Float64Array, items: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const key = keys[i] as number;
    const item = items[i] as number;
    let j = i - 1;
    while (j >= from && after(keys, items, j, key, item)) {
      keys[j + 1] = keys[j] as number;
      items[j + 1] = items[j] as number;
      j--;
    }
    keys[j + 1] = key;
    items[j + 1] = item;
  }
}

function after(keys: Float64Array, items: Int32Array, i: number, key: number, item: number): boolean {
  const own = keys[i] as number;
  return own > key || (own === key && (items[i] as number) > item);
}
