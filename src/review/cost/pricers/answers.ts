/** Short forms for what is supposed where a question has no answer, and for sizes. */

import { callersOf, type Resource } from '../../../architecture/index.ts';
import { type Amount, constant, perUse, sum } from '../amount.ts';
import type { Arrival } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import type { Flow, Question, Supposed } from './model.ts';

export const derived = (amount: Amount, because: string): Supposed => ({ amount, because, kind: 'derived' });
export const assumed = (amount: Amount, because: string): Supposed => ({ amount, because, kind: 'assumed' });

/** Asked of each call, object or instance: a size or a time. */
export const each = (key: string, asks: string, unit: string, value: number, because: string): Question => ({
  key,
  asks,
  unit,
  kind: 'each',
  suppose: () => assumed(constant(value, unit), because),
});

export const monthly = (
  key: string,
  asks: string,
  unit: string,
  suppose: (flow: Flow) => Supposed,
): Question => ({ key, asks, unit, kind: 'month', suppose });

/** A kilobyte and a gigabyte as AWS bills them: 2^10 and 2^30 bytes. */
export const kbPerGb = 1024 * 1024;
/** What `times(…, 1 / kbPerGb, perGb)` says. */
export const perGb = '÷ 1,048,576 KB in a GB';

/** A month's hours, for something that is always there. */
export const allMonth = (unit = 'hour', count = 1): Amount => constant(hoursPerMonth * count, unit);

/** The sum of what arrives; `why` says how, before the names. */
export const sumOf = (arrivals: readonly Arrival[], unit: string, why: string): Supposed =>
  derived(
    sum(
      arrivals.map(({ amount }) => amount),
      unit,
    ),
    `${why} ${arrivals.map(({ by }) => by.name).join(', ')}`,
  );

/** Once for each piece of work of all that call one of the actions. */
export function byCallers(
  flow: Flow,
  resource: Resource,
  unit: string,
  actions: readonly string[],
  otherwise: Amount = constant(0, unit),
): Supposed {
  const [action = 'it'] = actions;
  const arrivals = callersOf(flow.app, resource, actions).flatMap(({ compute }): readonly Arrival[] => {
    const amount = flow.workOf(compute);
    return amount === undefined ? [] : [{ by: compute, amount }];
  });
  if (arrivals.length === 0)
    return assumed(otherwise, `no policy in the template lets anything call ${action} on it`);
  const supposed = sumOf(arrivals, unit, 'one for each piece of work of');
  return { ...supposed, because: `${supposed.because}, which may call ${action}` };
}

/** One for each use: for a thing at the front of the app of which nothing else is known. */
export const oncePerUse = (unit: string, flow: Flow): Supposed =>
  assumed(perUse(1, unit), `one per ${flow.uses.unit}, until it is said`);

/** A whole number of units for each of something: a 1.5 KB item takes two write units. */
export const roundedUp = (amount: Amount, size: number, what: string): Amount => ({
  at: (uses) => Math.max(1, Math.ceil(amount.at(uses) / size)),
  words: (saying) => `${Math.max(1, Math.ceil(amount.at(saying.uses) / size))} ${what}`,
});
