/**
 * The cost of an app: every resource asked of its pricer, every line charged at the four levels and along the curve.
 * A resource without a pricer, and a line without a price, are listed by name; nothing counts as zero for want of one.
 */
import { type Architecture, type Resource, resourceRef } from '../../architecture/index.ts';
import type { UsageUnit } from './amount.ts';
import { appAssumptions } from './app-assumptions.ts';
import { createFlow } from './flow/flow.ts';
import { pricerOf } from './pricers/index.ts';
import type { Item, LineItem } from './pricers/model.ts';
import { traceItems } from './pricers/tracing.ts';
import { unpricedOptionItems } from './pricers/unpriced-options.ts';
import {
  add,
  allows,
  approximate,
  disclaimer,
  type FreePolicy,
  type PriceOverrides,
  type PriceRow,
  priceOf,
  type RegionPrice,
  subtract,
  zero,
} from './prices/index.ts';
import type {
  CostAssumption,
  CostLine,
  CostReport,
  CurvePoint,
  FreeResource,
  Level,
  Levels,
  NotPricedEntry,
} from './report.ts';
import { type ChargeSettings, type Tallied, tally } from './tally.ts';
import { type ExactLine, perLevel, totalsOf } from './totals.ts';
import { noUsage, type Usage } from './usage/model.ts';

export interface CostOptions {
  /** @default 'always': allowances that every account has; not those of a first year */
  readonly free?: FreePolicy;
  /** Prices that replace the table's, as `prices refresh` writes them. */
  readonly overrides?: PriceOverrides;
}

interface PricedItem extends LineItem {
  readonly resource: Resource;
  readonly region: string;
  readonly row: PriceRow;
  readonly found: RegionPrice;
}

const curvePoints = 12;

export function costOf(app: Architecture, usage: Usage = noUsage, options: CostOptions = {}): CostReport {
  const settings: ChargeSettings = {
    free: options.free ?? 'always',
    ...(options.overrides === undefined ? {} : { overrides: options.overrides }),
  };
  const { uses } = usage;
  const unit: UsageUnit = { uses: uses.expected, unit: uses.unit };
  const flow = createFlow(app, usage, pricerOf);
  const items: PricedItem[] = [];
  const free: FreeResource[] = [];
  const notPriced: NotPricedEntry[] = [];
  const taken: CostAssumption[] = [];
  const fingerprints = new Map<string, number>();
  for (const resource of app.resources) {
    const { region } = resource.inStack;
    const ref = resourceRef(resource);
    for (const item of itemsOf(resource, flow)) {
      if (item.kind === 'free') free.push({ resource: ref, why: item.why, source: item.source });
      else if (item.kind === 'assumed')
        taken.push({
          resource: ref,
          what: item.what,
          value: item.value,
          because: item.because,
          kind: 'assumed',
        });
      else if (item.kind === 'not-priced')
        notPriced.push({
          resource: ref,
          what: item.what,
          because: item.because,
          kind: item.reason,
          ...(item.quantity === undefined ? {} : { quantity: item.quantity.explain(unit) }),
        });
      else {
        const priced = priceOf(item.price, region, settings.overrides);
        if ('missing' in priced)
          notPriced.push({
            resource: ref,
            what: item.part === undefined ? item.price : `${item.price} (${item.part})`,
            because: priced.missing,
            kind: 'no-price',
            quantity: item.quantity.explain(unit),
          });
        else
          items.push({
            ...numbered(item, resource, fingerprints),
            resource,
            region,
            row: priced.row,
            found: priced.price,
          });
      }
    }
  }

  const lines = charged(items, usage, settings, unit);
  const totals = totalsOf(lines);
  const total = (at: number, free: FreePolicy) =>
    tally(items, at, { ...settings, free }).reduce((all, { charge }) => add(all, charge.usd), zero);
  const more = (free: FreePolicy) =>
    approximate(subtract(total(uses.expected + 1000, free), total(uses.expected, free)));
  const average = ({ expected, rest }: Levels) =>
    uses.expected === 0 ? 0 : ((expected - rest) / uses.expected) * 1000;
  const dates = lines.map(({ line }) => line.date).sort();
  const [oldest] = dates;
  const newest = dates.at(-1);
  return {
    name: app.name,
    region: app.region,
    prices: {
      disclaimer,
      ...(oldest === undefined ? {} : { oldest }),
      ...(newest === undefined ? {} : { newest }),
      notFromAws: lines.filter(({ line }) => line.verified !== 'aws' && line.verified !== 'aws-derived')
        .length,
      free: settings.free,
    },
    uses,
    lines: lines.map(({ line }) => line),
    free,
    notPriced,
    totals,
    perThousandUses: {
      marginal: more(settings.free),
      marginalWithoutFree: more('none'),
      average: average(totals.all),
      averageWithoutFree: average(totals.allWithoutFree),
    },
    curve: curveOf(items, usage, settings),
    assumptions: [...appAssumptions(usage, items, app), ...flow.assumptions(), ...taken],
    notUnderstood: app.notUnderstood,
  };
}

/** Two lines of one name (two volumes called alike) are numbered, so that a fingerprint stands for one. */
function numbered(item: LineItem, resource: Resource, fingerprints: Map<string, number>): LineItem {
  const fingerprint = `${resource.id}|${item.price}|${item.part ?? ''}`;
  const count = (fingerprints.get(fingerprint) ?? 0) + 1;
  fingerprints.set(fingerprint, count);
  return count === 1 ? item : { ...item, part: `${item.part ?? 'number'} ${count}` };
}

function itemsOf(resource: Resource, flow: ReturnType<typeof createFlow>): readonly Item[] {
  const pricer = pricerOf(resource.type);
  if (pricer === undefined)
    return [
      {
        kind: 'not-priced',
        what: 'everything',
        because: `Slipway has no prices for ${resource.type}`,
        reason: 'unknown-type',
      },
    ];
  const items = [
    ...pricer.items(resource, flow),
    ...traceItems(resource, flow),
    ...unpricedOptionItems(resource),
  ];
  // An empty answer of a pricer does not mean that the resource is free.
  return items.some(({ kind }) => kind !== 'assumed')
    ? items
    : [
        ...items,
        {
          kind: 'not-priced',
          what: 'everything',
          because: 'its properties do not say what of it is paid',
          reason: 'no-price',
        },
      ];
}

function charged(
  items: readonly PricedItem[],
  { uses }: Usage,
  settings: ChargeSettings,
  unit: UsageUnit,
): readonly ExactLine[] {
  const usesAt: Readonly<Record<Level, number>> = {
    rest: 0,
    low: uses.low,
    expected: uses.expected,
    high: uses.high,
  };
  const tallies = perLevel((level) => tally(items, usesAt[level], settings));
  const bare = perLevel((level) => tally(items, usesAt[level], { ...settings, free: 'none' }));
  return items.map((item, index): ExactLine => {
    const at = (from: Readonly<Record<Level, readonly Tallied[]>>) =>
      perLevel((level) => from[level][index] ?? none);
    const here = at(tallies);
    const usd = perLevel((level) => here[level].charge.usd);
    const usdWithoutFree = perLevel((level) => at(bare)[level].charge.usd);
    return {
      usd,
      usdWithoutFree,
      line: {
        ...identity(item),
        quantity: perLevel((level) => here[level].quantity),
        usd: perLevel((level) => approximate(usd[level])),
        usdWithoutFree: perLevel((level) => approximate(usdWithoutFree[level])),
        ...allowance(item, here, settings),
        formula: item.quantity.explain(unit),
        steps: at(bare).expected.charge.steps.map((step) => ({
          quantity: approximate(step.quantity),
          usdPer: step.usdPer,
          usd: approximate(step.usd),
          tier: step.tier,
          of: step.of,
        })),
        source: item.found.source,
        date: item.found.date,
        verified: item.found.verified,
        ...noteOf(item),
      },
    };
  });
}

const none: Tallied = { quantity: 0, charge: { usd: zero, free: zero, steps: [] } };

function identity({ resource, region, row, part }: PricedItem) {
  return {
    fingerprint: [resource.id, row.id, part].filter((one) => one !== undefined).join('|'),
    resource: resourceRef(resource),
    tags: resource.tags,
    region,
    price: row.id,
    service: row.service,
    what: part === undefined ? row.what : `${row.what} (${part})`,
    unit: row.unit,
    per: row.per,
  };
}

function allowance(
  { row }: PricedItem,
  here: Readonly<Record<Level, Tallied>>,
  { free }: ChargeSettings,
): Pick<CostLine, 'free'> {
  const tier = row.free;
  if (!allows(free, tier)) return {};
  const { quantity, kind, source, date, verified } = tier;
  const used = perLevel((level) => approximate(here[level].charge.free));
  return { free: { allowance: quantity, kind, used, source, date, verified } };
}

function noteOf({ note, row }: PricedItem): Pick<CostLine, 'note'> {
  const notes = [note, row.note].filter((one) => one !== undefined);
  return notes.length === 0 ? {} : { note: notes.join('; ') };
}

function curveOf(
  items: readonly PricedItem[],
  { uses }: Usage,
  settings: ChargeSettings,
): readonly CurvePoint[] {
  const first = Math.max(1, uses.low / 10);
  const last = Math.max(first * 10, uses.high * 10);
  return Array.from({ length: curvePoints }, (_, index) => {
    const exact = first * (last / first) ** (index / (curvePoints - 1));
    const at = Math.round(exact);
    const byService = new Map<string, typeof zero>();
    let usdWithoutFree = zero;
    for (const [position, { charge }] of tally(items, at, { ...settings, free: 'none' }).entries()) {
      const service = items[position]?.row.service;
      if (service === undefined) continue;
      usdWithoutFree = add(usdWithoutFree, charge.usd);
      byService.set(service, add(byService.get(service) ?? zero, charge.usd));
    }
    return {
      uses: at,
      usd: approximate(tally(items, at, settings).reduce((all, { charge }) => add(all, charge.usd), zero)),
      usdWithoutFree: approximate(usdWithoutFree),
      byService: Object.fromEntries([...byService].map(([key, value]) => [key, approximate(value)])),
    };
  });
}
