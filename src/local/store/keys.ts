/**
 * Keys of the record store. LMDB takes 1,978 bytes and its encoder throws on more: here a part that is too long is cut
 * and told apart by its hash, so that every name can be asked for, whatever its length. So is a part that the encoder
 * does not keep as it is. A part of up to 1,100 bytes stays whole: keys of S3 objects and sort keys of DynamoDB
 * (1,024 bytes) keep their order.
 */
import { createHash } from 'node:crypto';

/** Strings and numbers sort as expected, numbers before strings, element by element. */
export type KeyPart = string | number | boolean | Uint8Array;
export type Key = KeyPart | readonly KeyPart[];

/** Of a whole key, with a few bytes left for the encoder. */
const longestKey = 1960;
const longestPart = 1100;
/** UTF-16 units that stay of a part that is cut. */
const keptUnits = 100;
/** Stands before the hash. A part given that looks like a cut one is cut as well. */
const mark = '\u{10ffff}';
const tailUnits = mark.length + 64;

export class KeyTooLongError extends Error {
  constructor(collection: string) {
    super(
      `the names of a record in ${collection} are too long together: the store takes ${longestKey} bytes`,
    );
    this.name = 'KeyTooLongError';
  }
}

export const partsOf = (key: Key): readonly KeyPart[] =>
  typeof key === 'object' && !(key instanceof Uint8Array) ? key : [key];

/** The key as the store has it. */
export function storedKey(collection: string, key: Key): KeyPart[] {
  const stored: KeyPart[] = [collection];
  for (const part of partsOf(key)) stored.push(typeof part === 'string' ? storedText(part) : part);
  return stored;
}

/** Whether the store takes the key: one that it does not take is of no record. */
export function fits(stored: readonly KeyPart[]): boolean {
  // A UTF-16 unit is at most three bytes, so that nearly every key needs no counting.
  return sizeOf(stored, false) <= longestKey || sizeOf(stored, true) <= longestKey;
}

function sizeOf(stored: readonly KeyPart[], exact: boolean): number {
  let size = 0;
  for (const part of stored) {
    if (typeof part === 'string') size += exact ? Buffer.byteLength(part) : 3 * part.length;
    else size += part instanceof Uint8Array ? part.length : 9;
    size += 2;
  }
  return size;
}

/** Whether a part of the key was cut: its record then carries the key as it was given. */
export function isCut(stored: readonly KeyPart[]): boolean {
  for (const part of stored) if (typeof part === 'string' && looksCut(part)) return true;
  return false;
}

function looksCut(part: string): boolean {
  const at = part.length - tailUnits;
  return at >= 0 && part.codePointAt(at) === 0x10ffff;
}

/** The encoder writes texts of 64 units and more without an escape, and these characters separate parts. */
const encoderUnits = 64;
const lastSeparator = 4;

function hasSeparator(part: string): boolean {
  for (let at = 0; at < part.length; at++) if (part.charCodeAt(at) <= lastSeparator) return true;
  return false;
}

function storedText(part: string): string {
  const whole =
    part.isWellFormed() &&
    (part.length < encoderUnits ||
      ((3 * part.length <= longestPart || Buffer.byteLength(part) <= longestPart) &&
        !hasSeparator(part) &&
        !looksCut(part)));
  if (whole) return part;
  const hash = createHash('sha256').update(part, 'utf16le').digest('hex');
  return `${part
    .slice(0, keptUnits)
    .replace(/\p{Cc}/gu, '\x05')
    .toWellFormed()}${mark}${hash}`;
}
