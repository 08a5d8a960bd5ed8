/**
 * Typed arrays for use while one plan is worked on. V8 counts ordinary array buffers against its heap and collects
 * garbage for every few dozen megabytes of them, which means a walk over all walls of the plan; shared memory is not
 * counted. Small arrays are cut one after the other from a block that every plan reuses; large ones get memory of
 * their own. What the result keeps is allocated the ordinary way.
 */

/** Browsers offer shared memory only to pages that ask for it. */
const SharedBuffer = typeof SharedArrayBuffer === 'undefined' ? ArrayBuffer : SharedArrayBuffer;

const BLOCK_BYTES = 4 * 2 ** 20;
/** From this size an array gets shared memory of its own when the block is used up; below, an ordinary buffer is cheaper. */
const OWN_MEMORY_BYTES = 64 * 2 ** 10;
/** Arrays start at a multiple of this, the size of a cache line. */
const ALIGNMENT = 64;

let block: ArrayBufferLike | undefined;
let used = 0;

/** Starts the block over, for the next plan. No scratch array of the plan before may be used after this. */
export function resetScratch(): void {
  used = 0;
}

/** An array with any content, to be overwritten. */
export function scratchInts(length: number): Int32Array {
  const memory = allocate(length * Int32Array.BYTES_PER_ELEMENT);
  return new Int32Array(memory.buffer, memory.offset, length);
}

export function scratchFloats(length: number): Float64Array {
  const memory = allocate(length * Float64Array.BYTES_PER_ELEMENT);
  return new Float64Array(memory.buffer, memory.offset, length);
}

export function scratchFlags(length: number): Uint8Array {
  const memory = allocate(length);
  return new Uint8Array(memory.buffer, memory.offset, length);
}

function allocate(bytes: number): { readonly buffer: ArrayBufferLike; readonly offset: number } {
  block ??= new SharedBuffer(BLOCK_BYTES);
  if (used + bytes <= BLOCK_BYTES) {
    const offset = used;
    used += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
    return { buffer: block, offset };
  }
  return { buffer: bytes < OWN_MEMORY_BYTES ? new ArrayBuffer(bytes) : new SharedBuffer(bytes), offset: 0 };
}
