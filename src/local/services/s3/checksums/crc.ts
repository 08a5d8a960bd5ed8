/**
 * CRC-32 (zlib's), CRC-32C and CRC-64/NVME, and the CRC of two stretches of bytes joined, from theirs and the
 * length of the second: how S3 gets the checksum of a whole multipart object without reading it again.
 */
import { crc32 } from 'node:zlib';

interface Crc {
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

/** Eight tables of 256 entries, in halves (BigInt arithmetic for every byte would be slow): eight bytes a step. */
function tablesOf64(polynomial: bigint): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(2048);
  const low = new Uint32Array(2048);
  const first: bigint[] = [];
  const set = (at: number, value: bigint) => {
    high[at] = Number(value >> 32n);
    low[at] = Number(value & 0xffffffffn);
  };
  for (let i = 0; i < 256; i++) {
    let value = BigInt(i);
    for (let bit = 0; bit < 8; bit++) value = value & 1n ? (value >> 1n) ^ polynomial : value >> 1n;
    first.push(value);
  }
  for (let i = 0; i < 256; i++) {
    let value = first[i] ?? 0n;
    for (let table = 0; table < 8; table++) {
      set(table * 256 + i, value);
      value = (value >> 8n) ^ (first[Number(value & 0xffn)] ?? 0n);
    }
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

const fourBytes = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

const eightTables = (table: Uint32Array, low: number, high: number): number =>
  (table[1792 + (low & 0xff)] ?? 0) ^
  (table[1536 + ((low >>> 8) & 0xff)] ?? 0) ^
  (table[1280 + ((low >>> 16) & 0xff)] ?? 0) ^
  (table[1024 + (low >>> 24)] ?? 0) ^
  (table[768 + (high & 0xff)] ?? 0) ^
  (table[512 + ((high >>> 8) & 0xff)] ?? 0) ^
  (table[256 + ((high >>> 16) & 0xff)] ?? 0) ^
  (table[high >>> 24] ?? 0);

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
      let high = ~Number(value >> 32n);
      let low = ~Number(value & 0xffffffffn);
      const whole = bytes.length - (bytes.length % 8);
      for (let i = 0; i < whole; i += 8) {
        low ^= fourBytes(bytes, i);
        high ^= fourBytes(bytes, i + 4);
        const next = eightTables(lows, low, high);
        high = eightTables(highs, low, high);
        low = next;
      }
      for (let i = whole; i < bytes.length; i++) {
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
