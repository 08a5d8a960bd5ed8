/**
 * CRC-32 (zlib's), CRC-32C and CRC-64/NVME, and the CRC of two stretches of bytes joined, from theirs and the
 * length of the second: how S3 gets the checksum of a whole multipart object without reading it again.
 */
import { crc32 } from 'node:zlib';

export interface Crc {
  readonly bits: 32 | 64;
  /** Continues from `value` (0n at the start). */
  update(value: bigint, bytes: Uint8Array): bigint;
  /** @param length bytes that went into `second` */
  combine(first: bigint, second: bigint, length: number): bigint;
}

function tableOf32(polynomial: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    let value = i;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    table[i] = value >>> 0;
  }
  return table;
}

/** The 64-bit table as two halves: BigInt arithmetic for every byte would be slow. */
function tablesOf64(polynomial: bigint): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let i = 0; i < 256; i++) {
    let value = BigInt(i);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    high[i] = Number(value >> 32n);
    low[i] = Number(value & 0xffffffffn);
  }
  return { high, low };
}

/** A linear map over bits, as the images of the single bits. */
type Matrix = readonly bigint[];

function times(matrix: Matrix, vector: bigint): bigint {
  let sum = 0n;
  for (let i = 0; vector > 0n; i++, vector >>= 1n) if (vector & 1n) sum ^= matrix[i] ?? 0n;
  return sum;
}

function combiner(bits: 32 | 64, polynomial: bigint): Crc['combine'] {
  // Appending one zero bit, then squared up to bytes and powers of two of them (zlib's crc32_combine).
  const oneBit: Matrix = Array.from({ length: bits }, (_, i) => (i === 0 ? polynomial : 1n << BigInt(i - 1)));
  const square = (matrix: Matrix): Matrix => matrix.map((column) => times(matrix, column));
  const identity: Matrix = Array.from({ length: bits }, (_, i) => 1n << BigInt(i));
  const byLength = new Map<number, Matrix>();
  const zeros = (length: number): Matrix => {
    const known = byLength.get(length);
    if (known) return known;
    let step = square(square(square(oneBit)));
    let result = identity;
    for (let left = length; left > 0; left = Math.floor(left / 2)) {
      const now = step;
      if (left % 2 === 1) result = result.map((column) => times(now, column));
      step = square(step);
    }
    if (byLength.size > 16) byLength.clear();
    byLength.set(length, result);
    return result;
  };
  return (first, second, length) => (length === 0 ? first : times(zeros(length), first) ^ second);
}

const castagnoli = 0x82f63b78;
let table32c: Uint32Array | undefined;
const nvme = 0x9a6c9329ac4bc9b5n;
let tables64: ReturnType<typeof tablesOf64> | undefined;

export const crcs = {
  CRC32: {
    bits: 32,
    update: (value, bytes) => BigInt(crc32(bytes, Number(value))),
    combine: combiner(32, 0xedb88320n),
  },
  CRC32C: {
    bits: 32,
    update(value, bytes) {
      table32c ??= tableOf32(castagnoli);
      const table = table32c;
      let crc = ~Number(value) >>> 0;
      for (let i = 0; i < bytes.length; i++) crc = (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0) ^ (crc >>> 8);
      return BigInt(~crc >>> 0);
    },
    combine: combiner(32, BigInt(castagnoli)),
  },
  CRC64NVME: {
    bits: 64,
    update(value, bytes) {
      tables64 ??= tablesOf64(nvme);
      const { high: highs, low: lows } = tables64;
      let high = ~Number(value >> 32n) >>> 0;
      let low = ~Number(value & 0xffffffffn) >>> 0;
      for (let i = 0; i < bytes.length; i++) {
        const index = (low ^ (bytes[i] ?? 0)) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (lows[index] ?? 0);
        high = (high >>> 8) ^ (highs[index] ?? 0);
      }
      return (BigInt(~high >>> 0) << 32n) | BigInt(~low >>> 0);
    },
    combine: combiner(64, nvme),
  },
} satisfies Record<string, Crc>;

export const crcText = (crc: Crc, value: bigint): string =>
  Buffer.from(value.toString(16).padStart(crc.bits / 4, '0'), 'hex').toString('base64');

export const crcValue = (text: string): bigint => BigInt(`0x${Buffer.from(text, 'base64').toString('hex')}`);
