/** Templates and usage files in, reports out: what the tests of the cost engine share. */

import { type Architecture, architectureOfTemplate } from '../../../src/architecture/index.ts';
import { type CostOptions, type CostReport, costOf } from '../../../src/review/cost/index.ts';
import { usagePart, valid } from '../part.ts';

export type Resources = Readonly<Record<string, { readonly Type: string; readonly [key: string]: unknown }>>;

export const appOf = (resources: Resources, region = 'us-east-1'): Architecture =>
  architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'app', region });

export function costGiven(
  resources: Resources,
  usage = 'uses: 1000\n',
  options: CostOptions & { readonly region?: string } = {},
): CostReport {
  const app = appOf(resources, options.region);
  return costOf(app, valid(usagePart(usage, app)), options);
}

/** To the cent, as a bill shows it. */
export const cents = (usd: number | undefined): string => (usd ?? Number.NaN).toFixed(2);

/** Expected cost by price row, and by part where a row has several. */
export function byPrice(report: CostReport): Readonly<Record<string, string>> {
  const sums = new Map<string, number>();
  for (const { price, usd } of report.lines) sums.set(price, (sums.get(price) ?? 0) + usd.expected);
  return Object.fromEntries([...sums].map(([price, usd]) => [price, cents(usd)]));
}

export const lineOf = (report: CostReport, price: string) =>
  report.lines.find((line) => line.price === price);
