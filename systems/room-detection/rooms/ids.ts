/** Names rooms after their own corners, so that a name outlives any reordering of the walls. */
import type { Faces } from './faces.ts';
import type { Arrangement } from './noding.ts';

const DIGITS = 'abcdefghijkmnpqrstuvwxyz23456789';

/** One name for each cycle; the same in the order of the cycles where two rooms should hash alike. */
export function roomIds(plan: Arrangement, faces: Faces, cycles: Int32Array): string[] {
  const hashes = new Float64Array(cycles.length);
  for (let i = 0; i < cycles.length; i++) hashes[i] = hashOf(plan, faces, cycles[i] as number);
  const ids: string[] = [];
  for (const hash of hashes) ids.push(nameOf(hash));
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
function hashOf(plan: Arrangement, faces: Faces, cycle: number): number {
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
  let high = Math.floor(hash / 2 ** 25);
  let low = hash % 2 ** 25;
  const d = new Array<number>(10);
  for (let i = 4; i >= 0; i--) {
    d[i] = DIGITS.charCodeAt(high & 31);
    d[i + 5] = DIGITS.charCodeAt(low & 31);
    high >>= 5;
    low >>= 5;
  }
  return `room_${String.fromCharCode(...d)}`;
}
