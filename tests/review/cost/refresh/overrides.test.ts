import { describe, expect, it } from 'vitest';
import type { PriceOverrides, RegionPrice } from '../../../../src/review/cost/prices/index.ts';
import { mergeOverrides, readOverrides, writeOverrides } from '../../../../src/review/cost/refresh/index.ts';

const price = (usd: string): RegionPrice => ({
  tiers: [{ upTo: 10, usd }, { usd: '0' }],
  source: 'https://example.com/prices',
  date: '2026-11-20',
  verified: 'aws',
});
const some: PriceOverrides = {
  'sqs.standard.requests': { 'us-east-1': price('0.40'), 'eu-west-1': price('0.41') },
  'lambda.requests': { 'us-east-1': price('0.20') },
};

describe('the file of refreshed prices', () => {
  it('reads back what was written', () => {
    expect(readOverrides(writeOverrides(some))).toEqual({ overrides: some });
  });

  it('is the same text whatever order the prices came in', () => {
    const reversed = Object.fromEntries(Object.entries(some).reverse());
    expect(writeOverrides(reversed)).toBe(writeOverrides(some));
  });

  it('carries the disclaimer', () => {
    expect(writeOverrides({})).toContain('Prices are for information only');
  });

  it('merges by row and region, the later one winning', () => {
    const newer: PriceOverrides = { 'sqs.standard.requests': { 'us-east-1': price('0.39') } };
    expect(mergeOverrides(some, newer)).toEqual({
      ...some,
      'sqs.standard.requests': { 'us-east-1': price('0.39'), 'eu-west-1': price('0.41') },
    });
  });

  const entry = (change: object) =>
    JSON.stringify({
      format: 'slipway-prices/1',
      prices: { 'lambda.requests': { 'us-east-1': { ...price('0.20'), ...change } } },
    });
  const refused: readonly (readonly [string, string, string])[] = [
    ['text that is not JSON', '{', 'not JSON'],
    ['another format', '{"format":"slipway-prices/9","prices":{}}', "its 'format' is not 'slipway-prices/1'"],
    ['no prices', '{"format":"slipway-prices/1"}', "no 'prices' object"],
    ['no tiers', entry({ tiers: [] }), "'lambda.requests' in us-east-1: has no tiers"],
    ['a price that is a number', entry({ tiers: [{ usd: 0.2 }] }), "tier 1 has no price in 'usd'"],
    ['a price that is words', entry({ tiers: [{ usd: 'free' }] }), "tier 1 costs 'free'"],
    [
      'tiers that overlap',
      entry({ tiers: [{ upTo: 9, usd: '1' }, { upTo: 9, usd: '2' }, { usd: '3' }] }),
      'tier 2 ends before it begins',
    ],
    ['a last tier with an end', entry({ tiers: [{ upTo: 9, usd: '1' }] }), 'the last tier has no end'],
    ['no source', entry({ source: '' }), "has no 'source'"],
    ['no day', entry({ date: 'yesterday' }), "has no 'date'"],
    ['an unknown level of trust', entry({ verified: 'sure' }), "'verified' is one of"],
  ];
  for (const [what, text, problem] of refused)
    it(`is refused with ${what}`, () => {
      expect(readOverrides(text)).toEqual({ problem: expect.stringContaining(problem) });
    });
});
