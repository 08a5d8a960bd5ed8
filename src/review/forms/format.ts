/** How figures are written in every form: money, shares, counts. */

/** `$5.17`, `$0.0042` for less than a cent, `$1,234`. */
export function usd(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size === 0) return '$0';
  if (size < 0.00005) return `${sign}<$0.0001`;
  if (size < 0.01) return `${sign}$${size.toFixed(4)}`;
  return `${sign}$${size.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
}

/** Both figures of a cost: `$16.22 ($10.91 with the free tier)`. They are one where the free tier covers none of it. */
export function bothUsd(withoutFree: number, withFree: number): string {
  const [list, less] = [usd(withoutFree), usd(withFree)];
  return list === less ? `${list} (with or without the free tier)` : `${list} (${less} with the free tier)`;
}

/** With its sign: `+$3.20`. */
export const usdChange = (value: number): string => (value > 0 ? `+${usd(value)}` : usd(value));

/** Up to three significant digits, thousands apart: `1,000`, `0.174`, `12.5`. */
export function count(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  if (Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

export const percent = (share: number): string => `${count(Math.round(share * 1000) / 10)} %`;

/** `2 high, 5 medium`; nothing for no counts. */
export const tally = (counts: readonly (readonly [string, number])[]): string =>
  counts
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${number} ${word}`)
    .join(', ');

/** Where something was not understood, for the front of a sentence; nothing for what is about the whole assembly. */
export function placeOf({ stack, path }: { readonly stack: string; readonly path: string }): string {
  const parameter = /^\/Parameters\/([^/]+)$/.exec(path)?.[1];
  // The CDK's own parameters have names nobody wrote; the message says which SSM parameter it is.
  if (parameter?.startsWith('SsmParameterValue')) return `${stack}: `;
  return stack === '' && path === '' ? '' : `${stack}${path}: `;
}
