/**
 * Memory for the engine's arrays. V8 counts new array buffers against its heap, and each time that some dozens of
 * megabytes have come together it walks over all walls of the plan, which for a million walls takes longer than
 * finding their rooms. So what is needed on the way is cut from one block that is not counted and is used again,
 * and what the rooms go on using from a few large ones. Not for anything that outlives the plan.
 */

/** Blocks begin on lines of the cache. */
const LINE = 64;
const BYTES_PER_WALL = 640;
const LEAST_BLOCK = 2 ** 20;
const MOST_BLOCK = 2 ** 30;
/** A block up to this size serves the next plan for certain; a larger one until the garbage collector takes it. */
const MOST_HELD = 64 * 2 ** 20;

/** Browsers give pages shared memory only on request. */
const Buffer = typeof SharedArrayBuffer === 'undefined' ? ArrayBuffer : SharedArrayBuffer;

let block: ArrayBufferLike = new Buffer(0);
let largeBlock: WeakRef<ArrayBufferLike> | null = null;
/** Free stretches of the block, ascending: where each starts and how many bytes it has. */
const freeAt: number[] = [];
const freeBytes: number[] = [];

/** Lays out memory for a plan with so many walls. */
export function openMemory(walls: number): void {
  const bytes = Math.max(LEAST_BLOCK, Math.min(MOST_BLOCK, walls * BYTES_PER_WALL));
  if (block.byteLength < bytes) {
    const large = largeBlock?.deref();
    block = large !== undefined && large.byteLength >= bytes ? large : new Buffer(bytes);
  }
  freeAt.length = 1;
  freeBytes.length = 1;
  freeAt[0] = 0;
  freeBytes[0] = block.byteLength - (block.byteLength % LINE);
}

/** To be called after each plan, also where it failed. No array that was taken may be used any more. */
export function closeMemory(): void {
  keep = NOTHING;
  if (block.byteLength <= MOST_HELD) return;
  largeBlock = new WeakRef(block);
  block = new Buffer(0);
}

/** An array with any content, to be overwritten; for use until the plan is done. */
export function takeInts(length: number): Int32Array {
  const at = takeBytes(length * 4);
  return at < 0 ? new Int32Array(length) : new Int32Array(block, at, length);
}

export function takeFloats(length: number): Float64Array {
  const at = takeBytes(length * 8);
  return at < 0 ? new Float64Array(length) : new Float64Array(block, at, length);
}

export function takeFlags(length: number): Uint8Array {
  const at = takeBytes(length);
  return at < 0 ? new Uint8Array(length) : new Uint8Array(block, at, length);
}

/** Where a stretch of this size was cut from the smallest that has room for it; -1 where none has. */
function takeBytes(bytes: number): number {
  const size = Math.ceil(bytes / LINE) * LINE;
  let best = -1;
  let least = Infinity;
  for (let i = 0; i < freeBytes.length; i++) {
    const free = freeBytes[i] as number;
    if (free >= size && free < least) {
      least = free;
      best = i;
    }
  }
  if (best < 0) return -1;
  const at = freeAt[best] as number;
  if (least > size) {
    freeAt[best] = at + size;
    freeBytes[best] = least - size;
  } else {
    freeAt.splice(best, 1);
    freeBytes.splice(best, 1);
  }
  return at;
}

/** Gives back arrays that nothing uses any more, nor any array on the same memory. */
export function giveBack(...arrays: readonly (Int32Array | Float64Array | Uint8Array)[]): void {
  for (const { buffer, byteOffset, byteLength } of arrays) {
    if (buffer === block && byteLength > 0) free(byteOffset, Math.ceil(byteLength / LINE) * LINE);
  }
}

function free(at: number, bytes: number): void {
  let i = freeAt.length;
  while (i > 0 && (freeAt[i - 1] as number) > at) i--;
  const joinsBefore = i > 0 && (freeAt[i - 1] as number) + (freeBytes[i - 1] as number) === at;
  const joinsAfter = i < freeAt.length && at + bytes === freeAt[i];
  if (joinsBefore) {
    freeBytes[i - 1] = (freeBytes[i - 1] as number) + bytes;
    if (!joinsAfter) return;
    freeBytes[i - 1] = (freeBytes[i - 1] as number) + (freeBytes[i] as number);
    freeAt.splice(i, 1);
    freeBytes.splice(i, 1);
  } else if (joinsAfter) {
    freeAt[i] = at;
    freeBytes[i] = (freeBytes[i] as number) + bytes;
  } else {
    freeAt.splice(i, 0, at);
    freeBytes.splice(i, 0, bytes);
  }
}

const LEAST_CHUNK = 4096;
const NOTHING = new ArrayBuffer(0);

/** The chunk that arrays to be kept are cut from, and how much of it is used. */
let keep = NOTHING;
let kept = 0;

/** Lays out memory for about so many bytes of arrays to be kept. */
export function reserve(bytes: number): void {
  keep = new ArrayBuffer(bytes);
  kept = 0;
}

/** Arrays of zeros that the result may keep. */
export function keepInts(length: number): Int32Array<ArrayBuffer> {
  const at = keepBytes(length * 4);
  return new Int32Array(keep, at, length);
}

export function keepFloats(length: number): Float64Array<ArrayBuffer> {
  const at = keepBytes(length * 8);
  return new Float64Array(keep, at, length);
}

export function keepFlags(length: number): Uint8Array<ArrayBuffer> {
  const at = keepBytes(length);
  return new Uint8Array(keep, at, length);
}

function keepBytes(bytes: number): number {
  const size = Math.ceil(bytes / 8) * 8;
  if (kept + size > keep.byteLength) {
    reserve(Math.max(size, LEAST_CHUNK));
  }
  const at = kept;
  kept += size;
  return at;
}
