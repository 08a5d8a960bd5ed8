/** Prices of changes, from the price table. A missing price is reported and never counts as zero. */
import { approximate, charge, type PriceOverrides, priceOf } from '../cost/prices/index.ts';
import type { Basis, ChangePriceLine } from './report.ts';

/** USD a month for the quantity, without any free tier, or why there is no price. */
export type PricePort = (
  priceId: string,
  region: string,
  quantity: number,
) => number | { readonly missing: string };

/** List prices without any free tier: what a change costs must not depend on what else uses the allowance. */
export const pricesFrom =
  (overrides?: PriceOverrides): PricePort =>
  (id, region, quantity) => {
    const found = priceOf(id, region, overrides);
    return 'missing' in found
      ? found
      : approximate(charge(found.row, found.price, quantity, { free: 'none' }).usd);
  };

export interface WantedPrice {
  readonly priceId: string;
  readonly what: string;
  readonly quantity: number;
  readonly basis: Basis;
  /** Why no row of the table can price it. */
  readonly noRow?: string;
  /** The price that is no longer paid for the same quantity. */
  readonly instead?: string;
}

export function priceLine(wanted: WantedPrice, region: string, price: PricePort): ChangePriceLine {
  const { priceId, what, quantity, basis, instead, noRow } = wanted;
  const line = { priceId, what, quantity, basis };
  if (noRow !== undefined) return { ...line, usdPerMonth: null, missing: noRow };
  const usd = price(priceId, region, quantity);
  const saved = instead === undefined ? 0 : price(instead, region, quantity);
  if (typeof usd !== 'number') return { ...line, usdPerMonth: null, missing: usd.missing };
  if (typeof saved !== 'number') return { ...line, usdPerMonth: null, missing: saved.missing };
  return { ...line, usdPerMonth: Math.max(0, usd - saved) };
}
