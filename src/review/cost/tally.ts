/** Charges all lines of an app together, at one number of uses: tiers and allowances count over the account. */

import type { Amount } from './amount.ts';
import {
  type Charge,
  chargeAll,
  type Decimal,
  decimal,
  type FreePolicy,
  type PriceOverrides,
} from './prices/index.ts';

export interface Chargeable {
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

/** Nine significant digits behind what a pricer multiplied in floats, so that 0.1 × 3 is 0.3 on the bill. */
export function quantityAt(amount: Amount, uses: number): number {
  const value = amount.at(uses);
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
      return line === undefined
        ? { id: '', quantity: zeroQuantity }
        : { id: line.price, quantity: decimal(quantityAt(line.quantity, uses)) };
    });
    const charged = chargeAll(quantities, region, { free, ...(overrides ? { overrides } : {}) });
    for (const [position, index] of indexes.entries()) {
      const one = charged.lines[position];
      const line = lines[index];
      if (one === undefined || line === undefined || 'missing' in one) continue;
      results.set(index, { quantity: quantityAt(line.quantity, uses), charge: one.charge });
    }
  }
  return lines.map((_, index) => results.get(index) ?? nothing);
}

const zeroQuantity: Decimal = decimal(0);
const nothing: Tallied = { quantity: 0, charge: { usd: zeroQuantity, free: zeroQuantity, steps: [] } };
