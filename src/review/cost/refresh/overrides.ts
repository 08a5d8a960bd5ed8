/**
 * The file that keeps refreshed prices beside an app: read, merged, written as text (the caller writes it in one move).
 * Refuses a file of another form, naming the entry; a price of zero is kept only where the file says zero.
 */
import { isObject } from '../../../core/is-object.ts';
import {
  disclaimer,
  type PriceOverrides,
  type RegionPrice,
  type Tier,
  type Verified,
} from '../prices/model.ts';

const format = 'slipway-prices/1';
const levels: readonly Verified[] = ['aws', 'aws-derived', 'third-party', 'unverified'];

/** Later wins, per row and region. */
export function mergeOverrides(...all: readonly PriceOverrides[]): PriceOverrides {
  const merged: Record<string, Record<string, RegionPrice>> = {};
  for (const overrides of all)
    for (const [id, regions] of Object.entries(overrides)) merged[id] = { ...merged[id], ...regions };
  return merged;
}

/** The same prices give the same text, whatever order they came in. */
export function writeOverrides(overrides: PriceOverrides): string {
  const sorted = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));
  const prices = sorted(
    Object.fromEntries(Object.entries(overrides).map(([id, regions]) => [id, sorted(regions)])),
  );
  return `${JSON.stringify({ format, disclaimer, prices }, null, 2)}\n`;
}

function readTiers(value: unknown): readonly Tier[] | string {
  if (!Array.isArray(value) || value.length === 0) return 'has no tiers';
  const tiers: Tier[] = [];
  let end = 0;
  for (const [index, tier] of value.entries()) {
    const name = `tier ${index + 1}`;
    const usd: unknown = isObject(tier) ? tier.usd : undefined;
    const upTo: unknown = isObject(tier) ? tier.upTo : undefined;
    if (typeof usd !== 'string') return `${name} has no price in 'usd'`;
    if (!/^\d+(\.\d+)?$/.test(usd)) return `${name} costs '${usd}', which is not a decimal number`;
    if (index === value.length - 1) {
      if (upTo !== undefined) return `${name}: the last tier has no end`;
      tiers.push({ usd });
    } else {
      if (typeof upTo !== 'number') return `${name}: only the last tier is without an end`;
      if (upTo <= end) return `${name} ends before it begins`;
      tiers.push({ upTo, usd });
      end = upTo;
    }
  }
  return tiers;
}

function readPrice(value: unknown): RegionPrice | string {
  if (!isObject(value)) return 'is not an object';
  const tiers = readTiers(value.tiers);
  if (typeof tiers === 'string') return tiers;
  const { source, date, verified } = value;
  if (typeof source !== 'string' || source === '') return "has no 'source'";
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return "has no 'date' (YYYY-MM-DD)";
  const level = levels.find((name) => name === verified);
  if (!level) return `'verified' is one of ${levels.join(', ')}`;
  return { tiers, source, date, verified: level };
}

type ReadOverrides = { readonly overrides: PriceOverrides } | { readonly problem: string };

export function readOverrides(text: string): ReadOverrides {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    return { problem: `not JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  if (!isObject(document) || document.format !== format)
    return { problem: `not a price file: its 'format' is not '${format}'` };
  if (!isObject(document.prices)) return { problem: "it has no 'prices' object" };
  const overrides: Record<string, Record<string, RegionPrice>> = {};
  for (const [id, regions] of Object.entries(document.prices)) {
    if (!isObject(regions)) return { problem: `'${id}' is not an object of regions` };
    for (const [region, value] of Object.entries(regions)) {
      const price = readPrice(value);
      if (typeof price === 'string') return { problem: `'${id}' in ${region}: ${price}` };
      overrides[id] = { ...overrides[id], [region]: price };
    }
  }
  return { overrides };
}
