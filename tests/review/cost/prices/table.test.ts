import { describe, expect, it } from 'vitest';
import {
  compare,
  decimal,
  everywhere,
  notPriced,
  type PriceRow,
  priceFiles,
  priceOf,
  priceRows,
  type RegionPrice,
} from '../../../../src/review/cost/prices/index.ts';

const prices: readonly (readonly [string, PriceRow, RegionPrice])[] = priceRows.flatMap((row) =>
  Object.entries(row.regions).map(([region, price]) => [`${row.id} ${region}`, row, price] as const),
);
/** What breaks a rule, by name: an empty list reads better than the first failure. */
const breaking = <T>(all: readonly T[], name: (each: T) => string, holds: (each: T) => boolean): string[] =>
  all.filter((each) => !holds(each)).map(name);

describe('the price table', () => {
  it('has each id once', () => {
    const ids = [...priceRows, ...notPriced].map((row) => row.id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('names ids in lower case, by dots', () => {
    expect(
      breaking(
        priceRows,
        (row) => row.id,
        (row) => /^[a-z0-9][a-z0-9.-]*$/.test(row.id),
      ),
    ).toEqual([]);
  });

  it('has a price for every row, in us-east-1 or everywhere', () => {
    const home = (row: PriceRow) => 'us-east-1' in row.regions || everywhere in row.regions;
    expect(breaking(priceRows, (row) => row.id, home)).toEqual([]);
  });

  it('never mixes a global price with regional ones', () => {
    const pure = (row: PriceRow) => !(everywhere in row.regions) || Object.keys(row.regions).length === 1;
    expect(breaking(priceRows, (row) => row.id, pure)).toEqual([]);
  });

  it('prices per power of ten', () => {
    const powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];
    expect(
      breaking(
        priceRows,
        (row) => row.id,
        (row) => powers.includes(row.per),
      ),
    ).toEqual([]);
  });

  it('writes every price as a decimal number', () => {
    const decimals = ([, , price]: (typeof prices)[number]) =>
      price.tiers.length > 0 && price.tiers.every(({ usd }) => /^\d+(\.\d+)?$/.test(usd));
    expect(breaking(prices, ([name]) => name, decimals)).toEqual([]);
  });

  it('orders tiers, leaves only the last without an end, and has none twice', () => {
    const ordered = ([, , { tiers }]: (typeof prices)[number]) =>
      tiers.every((tier, index) => {
        const next = tiers[index + 1];
        if (!next) return tier.upTo === undefined;
        const rises = next.upTo === undefined || next.upTo > (tier.upTo ?? Number.POSITIVE_INFINITY);
        return tier.upTo !== undefined && rises && compare(decimal(tier.usd), decimal(next.usd)) !== 0;
      });
    expect(breaking(prices, ([name]) => name, ordered)).toEqual([]);
  });

  it('gives every number an address and a day', () => {
    const sourced = ({ source, date }: { source: string; date: string }) =>
      /^https:\/\/\S+/.test(source) &&
      /^\d{4}-\d{2}-\d{2}$/.test(date) &&
      date >= '2020' &&
      !Number.isNaN(Date.parse(date));
    expect(
      breaking(
        prices,
        ([name]) => name,
        ([, , price]) => sourced(price),
      ),
    ).toEqual([]);
    expect(
      breaking(
        priceRows,
        (row) => row.id,
        (row) => !row.free || sourced(row.free),
      ),
    ).toEqual([]);
  });

  it('says that a number is unverified where it is from memory, and only there', () => {
    const honest = ({ source, verified }: { source: string; verified: string }) =>
      source.includes('from memory') === (verified === 'unverified');
    expect(
      breaking(
        prices,
        ([name]) => name,
        ([, , price]) => honest(price),
      ),
    ).toEqual([]);
    expect(
      breaking(
        priceRows,
        (row) => row.id,
        (row) => !row.free || honest(row.free),
      ),
    ).toEqual([]);
  });

  it('shares an allowance both ways, in the same amount and unit', () => {
    const mutual = (row: PriceRow) =>
      (row.free?.sharedWith ?? []).every((id) => {
        const other = priceRows.find((each) => each.id === id);
        return (
          other?.free?.sharedWith?.includes(row.id) &&
          other.free.quantity === row.free?.quantity &&
          other.unit === row.unit
        );
      });
    expect(breaking(priceRows, (row) => row.id, mutual)).toEqual([]);
  });

  it('uses one unit for one thing: months end in -month, hours in hour', () => {
    const units = [...new Set(priceRows.map((row) => row.unit))];
    expect(units.filter((unit) => !/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(unit))).toEqual([]);
    expect(units.filter((unit) => /s$/.test(unit) && !/(MBps|IOPS)/.test(unit))).toEqual([]);
  });

  it('looks for no product of the price list twice', () => {
    const sought = priceRows
      .filter((row) => row.bulk)
      .map((row) => JSON.stringify([row.bulk?.offer, row.bulk?.match, everywhere in row.regions]));
    expect(sought.filter((key, index) => sought.indexOf(key) !== index)).toEqual([]);
  });

  it('groups files by service: an id is in the file whose rows share its first word', () => {
    const first = (id: string) => id.split('.')[0] ?? id;
    const home = new Map<string, Set<string>>();
    for (const [file, rows] of Object.entries(priceFiles))
      for (const row of rows) home.set(first(row.id), (home.get(first(row.id)) ?? new Set()).add(file));
    const spread = [...home].filter(([, files]) => files.size > 1).map(([word, files]) => [word, [...files]]);
    expect(spread).toEqual([
      ['rds', ['rds', 'rds-mysql', 'rds-postgres']],
      ['s3', ['s3', 's3-archive']],
    ]);
  });
});

describe('looking a price up', () => {
  it('finds a global price in any region', () => {
    expect(priceOf('route53.hosted-zone', 'eu-west-1')).toMatchObject({
      price: { tiers: [{ upTo: 25 }, {}] },
    });
  });

  it('says which regions it knows when it has none for the one asked', () => {
    expect(priceOf('aurora.serverless-v2', 'eu-west-1')).toEqual({
      missing:
        'Amazon Aurora, Serverless v2 capacity: no price for eu-west-1 (the table has us-east-1; `slipway prices refresh` reads it from AWS)',
    });
  });

  it('says why a thing it knows has no price', () => {
    const found = priceOf('fargate.spot', 'us-east-1');
    expect(found).toHaveProperty('missing', expect.stringContaining('AWS publishes no list price'));
  });

  it('says so when it does not know the thing', () => {
    expect(priceOf('lambda.wishes', 'us-east-1')).toEqual({
      missing: "the price table has no row 'lambda.wishes'",
    });
  });

  it('takes an override before its own price, and for a region it does not have', () => {
    const price: RegionPrice = {
      tiers: [{ usd: '0.14' }],
      source: 'https://example.com',
      date: '2026-11-20',
      verified: 'aws',
    };
    const overrides = { 'aurora.serverless-v2': { 'us-east-1': price, 'eu-west-1': price } };
    for (const region of ['us-east-1', 'eu-west-1'])
      expect(priceOf('aurora.serverless-v2', region, overrides)).toMatchObject({ price });
  });
});
