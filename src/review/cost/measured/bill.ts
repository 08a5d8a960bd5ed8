/**
 * Prices a local run: what was metered by the same rows as the review, for the run and for a month at this rate. With
 * the template at hand, what costs by the hour and is not metered (alarms, addresses) is added from it.
 */
import { type Architecture, type Resource, resourceRef } from '../../../architecture/index.ts';
import { formatDuration } from '../../../core/duration.ts';
import type { MeterTotal } from '../../../core/usage.ts';
import { costOf } from '../cost.ts';
import {
  add,
  approximate,
  type Charge,
  chargeAll,
  type Decimal,
  decimal,
  disclaimer,
  type FreePolicy,
  hoursPerMonth,
  type PriceOverrides,
  priceOf,
  zero,
} from '../prices/index.ts';
import type { BillLine, BillNotPriced, BillReport, BillTotal } from '../report.ts';
import { meterPriceOf } from './meter-prices.ts';
import { type PhysicalIds, resourceFinder } from './resources.ts';

interface BillOptions {
  /** The template that ran. */
  readonly app?: Architecture;
  /** How long the run took, in hours, without the time in which the cloud was stopped. */
  readonly hours: number;
  /** @default the app's, or us-east-1 */
  readonly region?: string;
  readonly free?: FreePolicy;
  readonly overrides?: PriceOverrides;
  readonly physicalIds?: PhysicalIds;
}

interface Group {
  readonly meter: string;
  readonly usages: Set<string>;
  /** Absent when several names of the meter are one resource of the template, as tasks are of a service. */
  resource?: string;
  readonly of?: Resource;
  readonly price: string;
  readonly region: string;
  quantity: number;
}

type Pair<T> = { readonly run: T; readonly month: T };

/** A month made of less than this is mostly made of what happens once, such as the deployment. */
const leastMinutes = 10;

export function bill(totals: readonly MeterTotal[], options: BillOptions): BillReport {
  const { app, free = 'always', overrides } = options;
  const region = options.region ?? app?.region ?? 'us-east-1';
  const find = app === undefined ? undefined : resourceFinder(app, options.physicalIds);
  const groups = new Map<string, Group>();
  const freeOfCharge = new Map<string, BillReport['freeOfCharge'][number]>();
  const notPriced = new Map<string, { entry: BillNotPriced; quantity: number }>();
  const leaveOut = (total: MeterTotal, because: string) => {
    const { service: meter, usage, resource } = total;
    const key = `${meter} ${usage} ${resource ?? ''}`;
    const had = notPriced.get(key);
    const quantity = (had?.quantity ?? 0) + total.quantity;
    const entry = { meter, usage, quantity, because, ...(resource === undefined ? {} : { resource }) };
    notPriced.set(key, { entry, quantity });
  };
  for (const total of totals) {
    const { service, usage, resource } = total;
    const of = find?.(service, resource);
    const meaning = meterPriceOf(total, {
      ...(of === undefined ? {} : { of }),
      ...(app === undefined ? {} : { app }),
    });
    if (meaning.kind === 'free')
      freeOfCharge.set(`${service} ${usage}`, { meter: service, usage, why: meaning.why });
    else if (meaning.kind === 'unknown') leaveOut(total, meaning.because);
    else {
      const at = total.region ?? region;
      const priced = priceOf(meaning.id, at, overrides);
      if ('missing' in priced) {
        leaveOut(total, priced.missing);
        continue;
      }
      const key = `${service} ${of?.id ?? resource ?? ''} ${meaning.id} ${at}`;
      const group = groups.get(key) ?? {
        meter: service,
        usages: new Set<string>(),
        ...(resource === undefined ? {} : { resource }),
        ...(of === undefined ? {} : { of }),
        price: meaning.id,
        region: at,
        quantity: 0,
      };
      if (group.resource !== resource) delete group.resource;
      group.quantity += total.quantity * meaning.factor;
      group.usages.add(usage);
      groups.set(key, group);
    }
  }
  const extrapolation = extrapolationOf(totals.length === 0, options.hours);
  if (app !== undefined)
    for (const group of standingOf(app, groups, extrapolation.factor, options))
      groups.set(`template ${group.of?.id} ${group.price}`, group);
  return report([...groups.values()], {
    region,
    free,
    ...(overrides === undefined ? {} : { overrides }),
    extrapolation,
    freeOfCharge: [...freeOfCharge.values()],
    notPriced: [...notPriced.values()].map(({ entry }) => entry),
  });
}

interface Extrapolation {
  readonly factor: number;
  readonly because: string;
  readonly isTooShort: boolean;
  readonly hours: number;
}

function extrapolationOf(isEmpty: boolean, hours: number): Extrapolation {
  if (isEmpty || hours <= 0) return { hours: 0, factor: 0, isTooShort: true, because: 'nothing was metered' };
  const took = formatDuration(hours * 3600);
  const isTooShort = hours * 60 < leastMinutes;
  return {
    hours,
    factor: hoursPerMonth / hours,
    isTooShort,
    because: isTooShort
      ? `a run of ${took} is too short to say what a month costs: what happens once, such as the deployment, would ` +
        `count as if it never ended; let it run ${leastMinutes} min or more`
      : `the run took ${took}, and a month has ${hoursPerMonth} h`,
  };
}

/** What the template has that costs by standing there, as far as no metered line is of the same price. */
function* standingOf(
  app: Architecture,
  metered: ReadonlyMap<string, Group>,
  factor: number,
  { free, overrides }: BillOptions,
): Generator<Group> {
  if (factor === 0) return;
  const known = new Set<string>();
  // A task's address is metered, a load balancer's is not.
  for (const { price, of } of metered.values())
    known.add(price === 'vpc.public-ipv4' && of !== undefined ? `${of.id} ${price}` : price);
  const cost = costOf(app, undefined, {
    ...(free === undefined ? {} : { free }),
    ...(overrides === undefined ? {} : { overrides }),
  });
  const found = new Map<string, Group>();
  for (const line of cost.lines) {
    const key = `${line.resource.id} ${line.price}`;
    if (line.quantity.rest === 0 || known.has(line.price) || known.has(key)) continue;
    const group = found.get(key) ?? {
      meter: 'template',
      usages: new Set<string>(),
      ...standing(app.byId(line.resource.id)),
      price: line.price,
      region: line.region,
      quantity: 0,
    };
    group.quantity += line.quantity.rest / factor;
    group.usages.add('standing');
    found.set(key, group);
  }
  yield* found.values();
}

const standing = (of: Resource | undefined) => (of === undefined ? {} : { of });

interface Settings {
  readonly region: string;
  readonly free: FreePolicy;
  readonly overrides?: PriceOverrides;
  readonly extrapolation: Extrapolation;
  readonly freeOfCharge: BillReport['freeOfCharge'];
  readonly notPriced: BillReport['notPriced'];
}

interface ExactBillLine {
  readonly line: BillLine;
  readonly usd: Pair<Decimal>;
  readonly bare: Pair<Decimal>;
}

const clean = (value: number): Decimal => decimal(Number(value.toPrecision(13)));

function report(groups: readonly Group[], settings: Settings): BillReport {
  const { region, free, overrides, extrapolation } = settings;
  const regions = [...new Set(groups.map((group) => group.region))];
  // Each region is charged by itself, as in the review.
  const charges = (factor: number, policy: FreePolicy) => {
    const ofGroups = new Map<Group, ReturnType<typeof chargeAll>['lines'][number]>();
    for (const one of regions) {
      const own = groups.filter((group) => group.region === one);
      const { lines } = chargeAll(
        own.map(({ price: id, quantity }) => ({ id, quantity: clean(quantity * factor) })),
        one,
        { free: policy, ...(overrides ? { overrides } : {}) },
      );
      for (const [index, line] of lines.entries()) {
        const group = own[index];
        if (group) ofGroups.set(group, line);
      }
    }
    return groups.map((group) => ofGroups.get(group));
  };
  const run = charges(1, free);
  const month = charges(extrapolation.factor, free);
  const bareRun = charges(1, 'none');
  const bareMonth = charges(extrapolation.factor, 'none');
  const chargeOf = (line: (typeof run)[number] | undefined): Charge =>
    line === undefined || 'missing' in line ? { usd: zero, free: zero, steps: [] } : line.charge;
  const exact: ExactBillLine[] = [];
  for (const [index, group] of groups.entries()) {
    const priced = run[index];
    if (priced === undefined || 'missing' in priced) continue;
    const inRun = chargeOf(run[index]);
    const inMonth = chargeOf(month[index]);
    const bare = { run: chargeOf(bareRun[index]).usd, month: chargeOf(bareMonth[index]).usd };
    const ref = group.of === undefined ? undefined : resourceRef(group.of);
    const { row, price } = priced;
    exact.push({
      usd: { run: inRun.usd, month: inMonth.usd },
      bare,
      line: {
        meter: group.meter,
        ...(group.region === region ? {} : { region: group.region }),
        usages: [...group.usages].sort(),
        ...(group.resource === undefined ? {} : { resource: group.resource }),
        ...(ref === undefined ? {} : { ref }),
        price: row.id,
        service: row.service,
        what: row.what,
        unit: row.unit,
        per: row.per,
        quantity: {
          run: approximate(clean(group.quantity)),
          month: approximate(clean(group.quantity * extrapolation.factor)),
        },
        usd: numbers({ run: inRun.usd, month: inMonth.usd }),
        usdWithoutFree: numbers(bare),
        free: numbers({ run: inRun.free, month: inMonth.free }),
        source: price.source,
        date: price.date,
        verified: price.verified,
      },
    });
  }
  const dates = exact.map(({ line }) => line.date).sort();
  const [oldest] = dates;
  const newest = dates.at(-1);
  const { hours, ...how } = extrapolation;
  return {
    region,
    prices: {
      disclaimer,
      ...(oldest === undefined ? {} : { oldest }),
      ...(newest === undefined ? {} : { newest }),
      notFromAws: exact.filter(({ line }) => !line.verified.startsWith('aws')).length,
      free,
    },
    hours,
    extrapolation: how,
    lines: exact.map(({ line }) => line),
    byService: grouped(exact, ({ service }) => service),
    byResource: grouped(exact, ({ ref, resource, meter }) => ref?.id ?? resource ?? `all of ${meter}`),
    total: numbers(sumOf(exact.map(({ usd }) => usd))),
    totalWithoutFree: numbers(sumOf(exact.map(({ bare }) => bare))),
    freeOfCharge: settings.freeOfCharge,
    notPriced: settings.notPriced,
  };
}

const numbers = ({ run, month }: Pair<Decimal>): Pair<number> => ({
  run: approximate(run),
  month: approximate(month),
});

const sumOf = (pairs: readonly Pair<Decimal>[]): Pair<Decimal> => ({
  run: pairs.reduce((all, { run }) => add(all, run), zero),
  month: pairs.reduce((all, { month }) => add(all, month), zero),
});

function grouped(lines: readonly ExactBillLine[], keyOf: (line: BillLine) => string): readonly BillTotal[] {
  const groups = new Map<string, ExactBillLine[]>();
  for (const exact of lines) {
    const key = keyOf(exact.line);
    groups.set(key, [...(groups.get(key) ?? []), exact]);
  }
  return [...groups]
    .map(([key, own]) => ({
      key,
      usd: numbers(sumOf(own.map(({ usd }) => usd))),
      usdWithoutFree: numbers(sumOf(own.map(({ bare }) => bare))),
    }))
    .sort((a, b) => b.usdWithoutFree.month - a.usdWithoutFree.month || (a.key < b.key ? -1 : 1));
}
