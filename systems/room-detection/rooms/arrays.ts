/**
 * Small tools for the typed arrays on which the engine runs. Reads from typed arrays are written
 * `array[i] as number` throughout: the indices come from counting sorts over the same arrays, and a check per
 * read would cost more than the work it guards.
 */
import { scratchFloats, scratchInts } from './scratch.ts';

/** A list of numbers that grows by doubling; like all scratch arrays, for use until the plan is done. */
export class IntList {
  length = 0;
  data: Int32Array;

  constructor(capacity = 64) {
    this.data = scratchInts(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.data = grownInts(this.data, this.length * 2 + 16);
    this.data[this.length++] = value;
  }

  /** Makes the list so long; what is new in it is to be overwritten. */
  extend(length: number): void {
    if (length > this.data.length) this.data = grownInts(this.data, Math.max(length, 2 * this.length));
    this.length = length;
  }
}

export class FloatList {
  length = 0;
  data: Float64Array;

  constructor(capacity = 64) {
    this.data = scratchFloats(capacity);
  }

  push(value: number): void {
    if (this.length === this.data.length) this.data = grownFloats(this.data, this.length * 2 + 16);
    this.data[this.length++] = value;
  }
}

/** The same numbers with room for more after them. */
export function grownInts(array: Int32Array, capacity: number): Int32Array {
  const grown = scratchInts(capacity);
  grown.set(array);
  return grown;
}

export function grownFloats(array: Float64Array, capacity: number): Float64Array {
  const grown = scratchFloats(capacity);
  grown.set(array);
  return grown;
}

/** Where each group of a counting sort starts; `starts[groups]` is the total. */
export function groupStarts(keys: Int32Array, count: number, groups: number): Int32Array {
  const starts = scratchInts(groups + 1).fill(0);
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
  const at = scratchInts(starts.length);
  at.set(starts);
  const sorted = scratchInts(count);
  for (let i = 0; i < count; i++) {
    const item = order === null ? i : (order[i] as number);
    const key = keys[item] as number;
    const slot = at[key] as number;
    at[key] = slot + 1;
    sorted[slot] = item;
  }
  return sorted;
}

/** Sorts items[from…to-1] and their keys by key, then by item. In place; a merge sort above a few. */
export function sortKeyed(keys: Float64Array, items: Int32Array, from: number, to: number): void {
  if (to - from <= INSERTION_SORT_MAX) {
    insertionSort(keys, items, from, to);
    return;
  }
  const leftKeys = scratchFloats((to - from) >> 1);
  const leftItems = scratchInts((to - from) >> 1);
  mergeSort(keys, items, from, to, leftKeys, leftItems);
}

const INSERTION_SORT_MAX = 16;

function mergeSort(
  keys: Float64Array,
  items: Int32Array,
  from: number,
  to: number,
  leftKeys: Float64Array,
  leftItems: Int32Array,
): void {
  if (to - from <= INSERTION_SORT_MAX) {
    insertionSort(keys, items, from, to);
    return;
  }
  const middle = from + ((to - from) >> 1);
  mergeSort(keys, items, from, middle, leftKeys, leftItems);
  mergeSort(keys, items, middle, to, leftKeys, leftItems);
  if (!after(keys, items, middle - 1, keys[middle] as number, items[middle] as number)) return;
  const half = middle - from;
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

function insertionSort(keys: Float64Array, items: Int32Array, from: number, to: number): void {
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
