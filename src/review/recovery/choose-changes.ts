/**
 * The cheapest set of changes that meets the targets, or comes as near to them as the catalogue can. A component's
 * answers depend only on the changes that affect it. So each subset of the changes that affect several components is
 * tried, and for each subset the cheapest other changes of every component are found by branch and bound. Exact up to
 * `mostShared` and `mostOwn` changes; above that greedy, which the report says. Worst case: 2^shared × components × 2^own.
 */

import { formatDuration } from '../../core/duration.ts';
import { answerOf, lossOrder, rtoOrder } from './answer.ts';
import { withProposal } from './changes/model.ts';
import type { Component, RecoveryInputs } from './model.ts';
import type { PricedChange } from './propose-changes.ts';
import {
  type Answer,
  type ChangeSet,
  type Scenario,
  scenarios,
  scenarioText,
  type Unreachable,
} from './report.ts';
import { type Targets, targetOf, wholeOf } from './whole-app.ts';

const mostShared = 12;
const mostOwn = 14;

/** Compared in this order: parts without a price, USD, number of changes. */
interface Cost {
  readonly unpriced: number;
  readonly usd: number;
  readonly count: number;
}

interface Demand {
  readonly scenario: Scenario;
  readonly measure: 'rto' | 'rpo';
  /** Seconds: the target, or the best that can be had where nothing reaches the target. */
  readonly limit: number;
}

/** Seconds; infinite when it cannot be told, or when no data comes back. */
const secondsOf = (answer: Answer, measure: 'rto' | 'rpo'): number =>
  measure === 'rto'
    ? rtoOrder(answer)
    : answer.rpo === null
      ? Number.POSITIVE_INFINITY
      : lossOrder(answer.rpo.seconds);

interface OpenComponent {
  readonly component: Component;
  readonly demands: readonly Demand[];
  readonly own: readonly PricedChange[];
  /** Indexes of shared changes that touch it. */
  readonly shared: readonly number[];
}

const nothing: Cost = { unpriced: 0, usd: 0, count: 0 };
const plus = (a: Cost, b: Cost): Cost => ({
  unpriced: a.unpriced + b.unpriced,
  usd: a.usd + b.usd,
  count: a.count + b.count,
});
export const costOf = ({ report }: PricedChange): Cost => ({
  unpriced: report.prices.some(({ usdPerMonth }) => usdPerMonth === null) ? 1 : 0,
  usd: report.usdPerMonth,
  count: 1,
});
/** Prices that differ by less than half a tenth of a cent are equal. */
export const isLess = (a: Cost, b: Cost): boolean => {
  if (a.unpriced !== b.unpriced) return a.unpriced < b.unpriced;
  if (Math.abs(a.usd - b.usd) > 0.0005) return a.usd < b.usd;
  return a.count < b.count;
};

const withAll = (component: Component, chosen: readonly PricedChange[]): Component =>
  chosen.reduce((sum, { proposal }) => withProposal(sum, proposal), component);

export function chooseChanges(
  needed: readonly Component[],
  proposals: readonly PricedChange[],
  targets: Targets,
  inputs: RecoveryInputs,
): ChangeSet {
  const valueAt = (component: Component, { scenario, measure }: Omit<Demand, 'limit'>): number =>
    secondsOf(answerOf(component, scenario, inputs), measure);
  const holds = (component: Component, demand: Demand): boolean => valueAt(component, demand) <= demand.limit;
  const asked = scenarios.flatMap((scenario): Demand[] => {
    const { rtoSeconds, rpoSeconds } = targetOf(targets, scenario);
    return [
      // The RPO comes first, so that a component that loses its data is reported once.
      ...(rpoSeconds === undefined ? [] : [{ scenario, measure: 'rpo' as const, limit: rpoSeconds }]),
      ...(rtoSeconds === undefined ? [] : [{ scenario, measure: 'rto' as const, limit: rtoSeconds }]),
    ];
  });
  const unreachable: Unreachable[] = [];
  const open = needed.flatMap((component) => {
    const missing = asked.filter((demand) => !holds(component, demand));
    if (missing.length === 0) return [];
    const relevant = proposals.filter(({ proposal }) => proposal.components.includes(component.id));
    const best = withAll(component, relevant);
    for (const demand of missing) {
      const isSaid = unreachable.some(
        (each) =>
          each.component === component.id &&
          each.scenario === demand.scenario &&
          each.bestSeconds === 'all-data',
      );
      if (!holds(best, demand) && !isSaid) unreachable.push(unreached(best, inputs, demand));
    }
    // Where no change reaches the target, the best that the catalogue can do is the target.
    const demands = asked.flatMap((demand) => {
      const limit = Math.max(demand.limit, valueAt(best, demand));
      return Number.isFinite(limit) ? [{ ...demand, limit }] : [];
    });
    return demands.every((demand) => holds(component, demand)) ? [] : [{ component, demands, relevant }];
  });
  const touched = new Map<PricedChange, number>();
  for (const { relevant } of open)
    for (const each of relevant) touched.set(each, (touched.get(each) ?? 0) + 1);
  const shared = [...touched].filter(([, count]) => count > 1).map(([each]) => each);
  const openComponents = open.map(({ component, demands, relevant }): OpenComponent => {
    return {
      component,
      demands,
      own: relevant.filter((each) => !shared.includes(each)),
      shared: shared.flatMap((each, index) => (relevant.includes(each) ? [index] : [])),
    };
  });
  const solve = solver(openComponents, shared, holds);
  const exact = shared.length <= mostShared && openComponents.every(({ own }) => own.length <= mostOwn);
  const found = exact ? everySubset(shared, solve) : dropOneByOne(shared, solve);
  const chosen = found?.chosen ?? [];
  const after = needed.map((component) => withAll(component, chosen));
  const reports = chosen.map(({ report }) => report);
  return {
    outcome: unreachable.length > 0 ? 'closest' : chosen.length === 0 ? 'nothing-needed' : 'meets',
    changes: [...reports].sort((a, b) => a.usdPerMonth - b.usdPerMonth || (a.id < b.id ? -1 : 1)),
    usdPerMonth: reports.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0),
    unpriced: reports
      .filter(({ prices }) => prices.some(({ usdPerMonth }) => usdPerMonth === null))
      .map(({ id }) => id),
    method: exact ? 'exact' : 'greedy',
    methodText: exact
      ? `No cheaper set of the ${touched.size} changes that could matter does it: all were compared (fewest parts without a price first, then USD a month, then fewest changes).`
      : `More than ${mostShared} changes touch several components at once, so they were dropped one by one from the dearest while the targets still held; a cheaper set may exist.`,
    considered: touched.size,
    unreachable,
    after: wholeOf(after, inputs),
  };
}

interface Found {
  readonly chosen: readonly PricedChange[];
  readonly cost: Cost;
}
type Solve = (chosenShared: ReadonlySet<number>) => Found | undefined;

function solver(
  openComponents: readonly OpenComponent[],
  shared: readonly PricedChange[],
  holds: (component: Component, demand: Demand) => boolean,
): Solve {
  const known = openComponents.map(() => new Map<string, Found | undefined>());
  return (chosenShared) => {
    let sum: Found = { chosen: [], cost: nothing };
    for (const [index, openComponent] of openComponents.entries()) {
      const mine = openComponent.shared.filter((each) => chosenShared.has(each));
      const key = mine.join(',');
      const cache = known[index] ?? new Map<string, Found | undefined>();
      if (!cache.has(key)) {
        const start = withAll(
          openComponent.component,
          mine.flatMap((each) => shared[each] ?? []),
        );
        cache.set(key, cheapestOwn(start, openComponent, holds));
      }
      const found = cache.get(key);
      if (found === undefined) return undefined;
      sum = { chosen: [...sum.chosen, ...found.chosen], cost: plus(sum.cost, found.cost) };
    }
    for (const index of chosenShared) {
      const each = shared[index];
      if (each !== undefined) sum = { chosen: [each, ...sum.chosen], cost: plus(sum.cost, costOf(each)) };
    }
    return sum;
  };
}

/** Branch and bound over the changes that touch this component alone. */
function cheapestOwn(
  start: Component,
  { demands, own }: OpenComponent,
  holds: (component: Component, demand: Demand) => boolean,
): Found | undefined {
  const isMet = (component: Component) => demands.every((demand) => holds(component, demand));
  const order = [...own].sort((a, b) => (isLess(costOf(a), costOf(b)) ? -1 : 1));
  let best: Found | undefined;
  const visit = (component: Component, from: number, so: Found): void => {
    if (best !== undefined && !isLess(so.cost, best.cost)) return;
    if (isMet(component)) {
      best = so;
      return;
    }
    if (from >= order.length) return;
    // Changes only add options, so when all remaining changes together do not meet the demands, no part of them does.
    if (!isMet(withAll(component, order.slice(from)))) return;
    const next = order[from];
    if (next === undefined) return;
    visit(withProposal(component, next.proposal), from + 1, {
      chosen: [...so.chosen, next],
      cost: plus(so.cost, costOf(next)),
    });
    visit(component, from + 1, so);
  };
  visit(start, 0, { chosen: [], cost: nothing });
  return best;
}

function everySubset(shared: readonly PricedChange[], solve: Solve): Found | undefined {
  let best: Found | undefined;
  for (let mask = 0; mask < 2 ** shared.length; mask += 1) {
    const chosen = new Set(shared.flatMap((_, index) => ((mask >> index) & 1 ? [index] : [])));
    const least = [...chosen].reduce<Cost>((sum, index) => {
      const each = shared[index];
      return each === undefined ? sum : plus(sum, costOf(each));
    }, nothing);
    if (best !== undefined && !isLess(least, best.cost)) continue;
    const found = solve(chosen);
    if (found !== undefined && (best === undefined || isLess(found.cost, best.cost))) best = found;
  }
  return best;
}

function dropOneByOne(shared: readonly PricedChange[], solve: Solve): Found | undefined {
  let chosen = new Set(shared.keys());
  let best = solve(chosen);
  const dearest = [...shared.entries()].sort(([, a], [, b]) => (isLess(costOf(a), costOf(b)) ? 1 : -1));
  for (const [index] of dearest) {
    const without = new Set([...chosen].filter((each) => each !== index));
    const found = solve(without);
    if (found !== undefined && (best === undefined || isLess(found.cost, best.cost))) {
      best = found;
      chosen = without;
    }
  }
  return best;
}

function unreached(
  best: Component,
  inputs: RecoveryInputs,
  { scenario, measure, limit }: Demand,
): Unreachable {
  const answer = answerOf(best, scenario, inputs);
  const what = `${scenarioText[scenario].name}, ${best.resource.name}`;
  const base = { scenario, measure, component: best.id, targetSeconds: limit };
  if (answer.rto === null || answer.rpo === null)
    return { ...base, bestSeconds: null, because: `${what}: ${answer.because}` };
  if (answer.rpo.seconds === 'all-data')
    return {
      ...base,
      bestSeconds: 'all-data',
      because: `${what}: no change of the catalogue keeps a copy of its data.`,
    };
  if (measure === 'rpo')
    return {
      ...base,
      bestSeconds: lossOrder(answer.rpo.seconds),
      because: `${what}: at best ${formatDuration(lossOrder(answer.rpo.seconds))} of writes may be lost. ${answer.because}`,
    };
  const [slowest] = [...answer.rto.parts].sort((a, b) => b.maxSeconds - a.maxSeconds);
  const most =
    slowest === undefined
      ? ''
      : `, of which ${formatDuration(slowest.maxSeconds)} is "${slowest.what}" (${slowest.basis.figure})`;
  const key =
    /recovery\.(\w+)/.exec(slowest?.basis.source ?? '')?.[1] ??
    (slowest?.what.startsWith('restore') ? 'restore' : undefined);
  return {
    ...base,
    bestSeconds: rtoOrder(answer),
    because:
      `${what}: with every change still up to ${formatDuration(answer.rto.maxSeconds)}${most}.` +
      (key === undefined ? '' : ` Rehearse it, and state recovery.${key} in slipway-review.yaml.`),
  };
}
