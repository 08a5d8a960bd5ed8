/**
 * Job ids: `job_` and a ULID (48 bits of milliseconds, 80 random bits, Crockford base 32), so that ids sort by
 * time of creation and cannot be guessed.
 */
import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const pattern = /^job_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

export function newJobId(now: number, random: Uint8Array = randomBytes(10)): string {
  let bits = BigInt(now);
  for (const byte of random) bits = (bits << 8n) | BigInt(byte);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text = alphabet.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return `job_${text}`;
}

export const isJobId = (value: string): boolean => pattern.test(value);
