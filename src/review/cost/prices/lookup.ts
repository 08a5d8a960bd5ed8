/** Finds a price, or says by name why there is none: never zero for want of a number. */
import { everywhere, type PriceOverrides, type PriceRow, type RegionPrice } from './model.ts';
import { notPriced, priceRows } from './table.ts';

export interface Priced {
  readonly row: PriceRow;
  readonly price: RegionPrice;
}

export interface Missing {
  readonly missing: string;
}

const byId = new Map(priceRows.map((row) => [row.id, row]));
const unpriced = new Map(notPriced.map((entry) => [entry.id, entry]));

export function rowOf(id: string): PriceRow | undefined {
  return byId.get(id);
}

export function priceOf(id: string, region: string, overrides: PriceOverrides = {}): Priced | Missing {
  const row = byId.get(id);
  if (!row) {
    const known = unpriced.get(id);
    if (known) return { missing: `${known.service}, ${known.what}: ${known.reason}` };
    return { missing: `the price table has no row '${id}'` };
  }
  const replaced = overrides[id]?.[region] ?? overrides[id]?.[everywhere];
  const price = replaced ?? row.regions[region] ?? row.regions[everywhere];
  if (price) return { row, price };
  const regions = Object.keys(row.regions).join(', ');
  return {
    missing:
      `${row.service}, ${row.what}: no price for ${region} (the table has ${regions}` +
      `${row.bulk ? '; `slipway prices refresh` reads it from AWS' : ''})`,
  };
}
