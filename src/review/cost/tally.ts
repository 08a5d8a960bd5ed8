/** Charges all lines of an app together, at one number of uses: tiers and allowances count over the account. */

import type { Amount } from './amount.ts';
import {
  type Charge,
  chargeAll,
  decimal,
  type FreePolicy,
  type PriceOverrides,
  zero,
} from './prices/index.ts';

interface Chargeable {
  readonly price: string;
  readonly region: string;
  readonly quantity: Amount;
}

export interface ChargeSettings {
  readonly free: FreePolicy;
  readonly overrides?: PriceOverrides;
}

export interface Tallied {
  readonly quantity: number;
  readonly charge: Charge;
}

/** Rounded to 13 significant digits, so that 0.1 × 3 is 0.3 on the bill and not 0.30000000000000004. */
function quantityAt(amount: Amount, uses: number): number {
  const value = amount.quantity(uses);
  if (!Number.isFinite(value) || value <= 0) return 0;
  return Number(value.toPrecision(13));
}

/**
 * In the lines' order; all of them have a price in their region. Each region is charged by itself, so an app in several
 * has each allowance once in each, which `costOf` notes.
 */
export function tally(
  lines: readonly Chargeable[],
  uses: number,
  { free, overrides }: ChargeSettings,
): readonly Tallied[] {
  const results = new Map<number, Tallied>();
  const regions = new Map<string, number[]>();
  for (const [index, line] of lines.entries()) {
    const list = regions.get(line.region);
    if (list === undefined) regions.set(line.region, [index]);
    else list.push(index);
  }
  for (const [region, indexes] of regions) {
    const quantities = indexes.map((index) => {
      const line = lines[index];
      const quantity = line === undefined ? 0 : quantityAt(line.quantity, uses);
      return { id: line?.price ?? '', quantity: decimal(quantity), index, asNumber: quantity };
    });
    const charged = chargeAll(quantities, region, { free, ...(overrides ? { overrides } : {}) });
    for (const [position, { index, asNumber }] of quantities.entries()) {
      const one = charged.lines[position];
      if (one === undefined || 'missing' in one) continue;
      results.set(index, { quantity: asNumber, charge: one.charge });
    }
  }
  return lines.map((_, index) => results.get(index) ?? nothing);
}

const nothing: Tallied = { quantity: 0, charge: { usd: zero, free: zero, steps: [] } };
