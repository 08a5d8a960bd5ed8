/** Short forms for writing price rows: the number first, its source beside it. No numbers live here. */
import type { FreeKind, FreeTier, PriceRow, Provenance, RegionPrice, Tier, Verified } from './model.ts';

type Price = string | readonly Tier[];

/** A source that several numbers come from: `const page = source(url, '2026-11-21', 'aws')`, then `page('0.20')`. */
export interface Source {
  (price: Price): RegionPrice;
  readonly provenance: Provenance;
}

export function source(address: string, date: string, verified: Verified): Source {
  const provenance: Provenance = { source: address, date, verified };
  const quote = (price: Price): RegionPrice => ({
    tiers: typeof price === 'string' ? [{ usd: price }] : price,
    ...provenance,
  });
  return Object.assign(quote, { provenance });
}

/** Tiers as pairs of end and price; the last has no end: `tiers([10_000, '0.30'], ['0.10'])`. */
export function tiers(...steps: readonly (readonly [number, string] | readonly [string])[]): readonly Tier[] {
  return steps.map((step) => (step.length === 1 ? { usd: step[0] } : { upTo: step[0], usd: step[1] }));
}

/** The same source's price in several regions: `inRegions(list, { 'us-east-1': '0.20', 'eu-west-1': '0.20' })`. */
export function inRegions(
  from: Source,
  prices: Readonly<Record<string, Price>>,
): Record<string, RegionPrice> {
  return Object.fromEntries(Object.entries(prices).map(([region, price]) => [region, from(price)]));
}

export function free(
  kind: FreeKind,
  quantity: number,
  from: Source,
  sharedWith?: readonly string[],
): FreeTier {
  return { kind, quantity, period: 'month', ...from.provenance, ...(sharedWith ? { sharedWith } : {}) };
}

/** What the rows of one service share, so that a row states only what is its own. */
export function rowsOf(service: string, offer?: string) {
  return (
    row: Omit<PriceRow, 'service' | 'per' | 'scope' | 'bulk'> & {
      readonly per?: number;
      readonly scope?: PriceRow['scope'];
      readonly list?: Readonly<Record<string, string>>;
      readonly unitsPerListUnit?: number;
    },
  ): PriceRow => {
    const { list, unitsPerListUnit, per = 1, scope = 'account', ...rest } = row;
    const bulk =
      list && offer
        ? { bulk: { offer, match: list, ...(unitsPerListUnit ? { unitsPerListUnit } : {}) } }
        : {};
    return { ...rest, service, per, scope, ...bulk };
  };
}
