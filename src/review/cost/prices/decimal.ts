/**
 * Exact decimal arithmetic for money: a bigint and the number of digits behind the point. Prices have up to twelve
 * decimals and a bill adds thousands of them, so no sum goes through a float; only display rounds.
 * Refuses anything that is not a finite decimal number.
 */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

export const zero: Decimal = { digits: 0n, scale: 0 };

const pattern = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Reads a decimal text ('0.0000166667') or a number by its shortest text (0.1 is one tenth, 1e-7 too). */
export function decimal(value: string | number | bigint): Decimal {
  const match = pattern.exec(String(value));
  if (!match) throw new RangeError(`not a finite decimal number: ${JSON.stringify(String(value))}`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(sign + whole + fraction);
  const scale = fraction.length - Number(exponent);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

const powers: bigint[] = Array.from({ length: 40 }, (_, exponent) => 10n ** BigInt(exponent));
const powerOfTen = (exponent: number): bigint => powers[exponent] ?? 10n ** BigInt(exponent);

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  if (a.scale === b.scale) return [a.digits, b.digits, a.scale];
  if (a.scale > b.scale) return [a.digits, b.digits * powerOfTen(a.scale - b.scale), a.scale];
  return [a.digits * powerOfTen(b.scale - a.scale), b.digits, b.scale];
}

export function add(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { digits: x + y, scale };
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  const [x, y, scale] = aligned(a, b);
  return { digits: x - y, scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** Divides by a power of ten, which is exact; prices are per 1, 1,000, 10,000, 100,000 or 1,000,000 units. */
export function shift(a: Decimal, places: number): Decimal {
  return { digits: a.digits, scale: a.scale + places };
}

export function compare(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b);
  return x < y ? -1 : x > y ? 1 : 0;
}

export function least(a: Decimal, b: Decimal): Decimal {
  return compare(a, b) <= 0 ? a : b;
}

/** `places` digits behind the point, half away from zero: what a bill shows. */
export function fixed(a: Decimal, places = 2): string {
  const negative = a.digits < 0n;
  let digits = negative ? -a.digits : a.digits;
  if (a.scale > places) {
    const cut = 10n ** BigInt(a.scale - places);
    digits = (digits + cut / 2n) / cut;
  } else digits *= 10n ** BigInt(places - a.scale);
  const text = digits.toString().padStart(places + 1, '0');
  const shown = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
  return negative && digits !== 0n ? `-${shown}` : shown;
}

/** The exact text, without zeros at the end. */
export function exact(a: Decimal): string {
  const text = fixed(a, a.scale);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** For charts and comparisons only; sums stay decimal. */
export function approximate(a: Decimal): number {
  return Number(exact(a));
}
