/** Short forms for questions and their default answers, and for sizes. */

import { callersOf, type Resource } from '../../../architecture/index.ts';
import { type Amount, constant, isZero, perUse, sum } from '../amount.ts';
import type { Arrival } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import type { DefaultAnswer, Flow, Question } from './model.ts';

export const derived = (amount: Amount, because: string): DefaultAnswer => ({
  amount,
  because,
  kind: 'derived',
});
export const assumed = (amount: Amount, because: string): DefaultAnswer => ({
  amount,
  because,
  kind: 'assumed',
});

/** Asked of each call, object or instance: a size or a time. */
export const each = (key: string, asks: string, unit: string, value: number, because: string): Question => ({
  key,
  asks,
  unit,
  kind: 'each',
  defaultAnswer: () => assumed(constant(value, unit), because),
});

export const monthly = (
  key: string,
  asks: string,
  unit: string,
  defaultAnswer: (flow: Flow) => DefaultAnswer,
): Question => ({ key, asks, unit, kind: 'month', defaultAnswer });

/** A kilobyte and a gigabyte as AWS bills them: 2^10 and 2^30 bytes. */
export const kbPerGb = 1024 * 1024;
/** The words of `times(…, 1 / kbPerGb, perGb)`. */
export const perGb = '÷ 1,048,576 KB in a GB';

/** A month's hours, for something that is always there. */
export const allMonth = (unit = 'hour', count = 1): Amount => constant(hoursPerMonth * count, unit);

/** The sum of the arrivals; `why` stands before their names in the reason. */
export const sumOf = (arrivals: readonly Arrival[], unit: string, why: string): DefaultAnswer =>
  derived(
    sum(
      arrivals.map(({ amount }) => amount),
      unit,
    ),
    `${why} ${arrivals.map(({ by }) => by.name).join(', ')}`,
  );

/** Once for each call or job of what calls one of the actions. */
export function byCallers(
  flow: Flow,
  resource: Resource,
  unit: string,
  actions: readonly string[],
  otherwise: Amount = constant(0, unit),
): DefaultAnswer {
  const [action = 'it'] = actions;
  const arrivals = callersOf(flow.app, resource, actions).flatMap(({ compute }): readonly Arrival[] => {
    const amount = flow.workOf(compute);
    return amount === undefined ? [] : [{ by: compute, amount }];
  });
  if (arrivals.length === 0)
    return assumed(
      otherwise,
      `no policy in the template lets anything call ${action} on it${isZero(otherwise) ? '' : ', so somebody outside does'}`,
    );
  const answer = sumOf(arrivals, unit, 'one for each call, event or message of');
  return { ...answer, because: `${answer.because}, which may call ${action}` };
}

/** One for each use, where nothing else is known. */
export const oncePerUse = (unit: string, flow: Flow): DefaultAnswer =>
  assumed(perUse(1, unit), `one per ${flow.uses.unit}, as nobody stated it`);

/** A whole number of units for each of something: a 1.5 KB item takes two write units. */
export const roundedUp = (amount: Amount, size: number, what: string): Amount => ({
  quantity: (uses) => Math.max(1, Math.ceil(amount.quantity(uses) / size)),
  explain: (usage) => `${Math.max(1, Math.ceil(amount.quantity(usage.uses) / size))} ${what}`,
});
