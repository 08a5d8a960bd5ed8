import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type ChargedLine,
  chargeAll,
  type FreePolicy,
  fixed,
  type PriceOverrides,
  priceFiles,
} from '../../../../src/review/cost/prices/index.ts';

interface Example {
  readonly title: string;
  readonly source: string;
  /** read: seen in the source. derived: computed by hand from prices read there. remembered: the page as remembered. */
  readonly evidence: 'read' | 'derived' | 'remembered';
  readonly region: string;
  readonly free: FreePolicy;
  /** The page's own price of a row, where the example is older than the table. */
  readonly prices?: Readonly<Record<string, string>>;
  readonly items: readonly { readonly id: string; readonly quantity: number; readonly usd?: string }[];
  readonly expectedUsd: string;
}

const folder = new URL('./examples/', import.meta.url);
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, ...(JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Example) }));

const usdOf = (line: ChargedLine): string => ('missing' in line ? line.missing : fixed(line.charge.usd));

describe('worked examples', () => {
  for (const example of examples)
    it(`${example.title} is ${example.expectedUsd} USD (${example.name})`, () => {
      const { region, source } = example;
      const overrides: PriceOverrides = Object.fromEntries(
        Object.entries(example.prices ?? {}).map(([id, usd]) => [
          id,
          { [region]: { tiers: [{ usd }], source, date: '2020-01-01', verified: 'aws' as const } },
        ]),
      );
      const bill = chargeAll(example.items, region, { free: example.free, overrides });
      const told = example.items.map((item) => [item.id, item.usd]);
      expect(bill.lines.map((line) => [line.id, usdOf(line)])).toEqual(told);
      expect(fixed(bill.usd)).toBe(example.expectedUsd);
    });

  it('every example names its source and how it is known', () => {
    for (const { name, source, evidence } of examples) {
      expect(source, name).toMatch(/^https:\/\//);
      expect(['read', 'derived', 'remembered'], name).toContain(evidence);
    }
  });

  it('every price file has one', () => {
    const used = new Set(examples.flatMap((example) => example.items.map((item) => item.id)));
    const without = Object.entries(priceFiles)
      .filter(([, rows]) => !rows.some((row) => used.has(row.id)))
      .map(([file]) => file);
    expect(without).toEqual([]);
  });
});
