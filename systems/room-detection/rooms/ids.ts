/** Names rooms after their own corners, so that a name outlives any reordering of the walls. */
import type { Faces } from './faces.ts';
import type { Arrangement } from './noding.ts';

const CODES = Uint8Array.from('abcdefghijkmnpqrstuvwxyz23456789', (digit) => digit.charCodeAt(0));

type Walks = Pick<Faces, 'origin' | 'next' | 'first'>;

/** One name for each cycle; the same in the order of the cycles where two rooms should hash alike. */
export function roomIds(plan: Arrangement, faces: Walks, cycles: Int32Array): string[] {
  const hashes = new Float64Array(cycles.length);
  for (let i = 0; i < cycles.length; i++) hashes[i] = hashOf(plan, faces, cycles[i] as number);
  const ids: string[] = [];
  for (let i = 0; i < hashes.length; i++) ids.push(nameOf(hashes[i] as number));
  const sorted = hashes.slice().sort();
  let unique = true;
  for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) unique = false;
  return unique ? ids : numbered(ids);
}

function numbered(ids: readonly string[]): string[] {
  const taken = new Map<string, number>();
  return ids.map((id) => {
    const times = (taken.get(id) ?? 0) + 1;
    taken.set(id, times);
    return times === 1 ? id : `${id}_${times}`;
  });
}

const bits = new Float64Array(1);
const words = new Int32Array(bits.buffer);

/** 50 bits from the corners of a cycle; their sum, so that it does not matter where the walk starts. */
function hashOf(plan: Arrangement, faces: Walks, cycle: number): number {
  let high = 0;
  let low = 0;
  const start = faces.first[cycle] as number;
  let h = start;
  do {
    const v = faces.origin[h] as number;
    // Adding 0 turns -0 into 0.
    bits[0] = (plan.x[v] as number) + 0;
    let a = Math.imul((words[0] as number) ^ 0x243f6a88, 0x9e3779b1) ^ (words[1] as number);
    a = Math.imul(a ^ (a >>> 15), 0x85ebca6b);
    bits[0] = (plan.y[v] as number) + 0;
    let b = Math.imul((words[0] as number) ^ a, 0xc2b2ae35) ^ (words[1] as number);
    b = Math.imul(b ^ (b >>> 13), 0x27d4eb2f);
    a = Math.imul(a ^ b ^ (b >>> 16), 0x165667b1);
    high = (high + (a ^ (a >>> 15))) | 0;
    low = (low + (b ^ (b >>> 14))) | 0;
    h = faces.next[h] as number;
  } while (h !== start);
  return (high >>> 7) * 2 ** 25 + (low >>> 7);
}

function nameOf(hash: number): string {
  const high = Math.floor(hash / 2 ** 25);
  const low = hash % 2 ** 25;
  // "room_", and five bits for each character after it, in one go: this is most of the cost of an id.
  return String.fromCharCode(
    114,
    111,
    111,
    109,
    95,
    CODES[high >> 20] as number,
    CODES[(high >> 15) & 31] as number,
    CODES[(high >> 10) & 31] as number,
    CODES[(high >> 5) & 31] as number,
    CODES[high & 31] as number,
    CODES[low >> 20] as number,
    CODES[(low >> 15) & 31] as number,
    CODES[(low >> 10) & 31] as number,
    CODES[(low >> 5) & 31] as number,
    CODES[low & 31] as number,
  );
}
