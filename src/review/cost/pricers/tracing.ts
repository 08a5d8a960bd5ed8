/**
 * Traces of X-Ray, of every type that can record them: https://aws.amazon.com/xray/pricing/ . A trace is paid once,
 * where it begins: what a traced caller sets off is a part of its trace.
 */
import { factsOf, ownersOf, partsOf, type Resource, valueAt } from '../../../architecture/index.ts';
import { type Amount, computed, constant, isZero, sum } from '../amount.ts';
import { arrivalsOf } from '../flow/arrivals.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { type Flow, type Item, line, type Question } from './model.ts';
import { derived, monthly } from './questions.ts';

const isOn = ({ type, properties }: Resource): boolean => {
  const traced = factsOf(type)?.traced;
  return traced !== undefined && String(valueAt(properties, traced.property)) === traced.is;
};

/** Traced itself, or by a stage of it, or as a part of an API that is. */
const isTraced = (resource: Resource, { app }: Flow): boolean =>
  ownersOf(app, resource).some((one) => isOn(one) || partsOf(app, one).some(isOn));

/**
 * The first request of each second and 5 % of the others are recorded, unless a sampling rule says otherwise:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html . An even load has the most first ones.
 */
function sampled(requests: Amount): Amount {
  const seconds = hoursPerMonth * 3600;
  return computed(
    (uses) => {
      const all = requests.quantity(uses);
      return Math.min(all, seconds) + Math.max(0, all - seconds) * 0.05;
    },
    (usage) => `${requests.explain(usage)}, of which the first of each second and 5 % of the others`,
  );
}

export function traceQuestions(resource: Resource): readonly Question[] {
  if (!isOn(resource)) return [];
  return [
    monthly('traces', 'Traces recorded by X-Ray', 'trace', (flow) => {
      // A stage is its API.
      const owner = ownersOf(flow.app, resource).find((one) => flow.workOf(one) !== undefined);
      const work = owner === undefined ? undefined : flow.workOf(owner);
      if (owner === undefined || work === undefined)
        return derived(constant(0, 'trace'), 'how often it works is not known');
      const arrivals = arrivalsOf(owner, flow);
      const fresh = arrivals.filter(({ by }) => !isTraced(by, flow));
      if (arrivals.length > 0 && fresh.length === 0)
        return derived(
          constant(0, 'trace'),
          `its traces begin at ${[...new Set(arrivals.map(({ by }) => by.name))].join(', ')}, and are counted there`,
        );
      const begun =
        fresh.length === arrivals.length
          ? work
          : sum(
              fresh.map(({ amount }) => amount),
              'request',
            );
      return derived(
        sampled(begun),
        'each request that is sampled is a trace: the first of each second, and 5 % of the others',
      );
    }),
  ];
}

export function traceItems(resource: Resource, flow: Flow): readonly Item[] {
  if (!isOn(resource)) return [];
  const traces = flow.of(resource, 'traces');
  return [
    line(
      'xray.traces.recorded',
      traces,
      isZero(traces) ? { note: 'a part of the traces of what sets it off' } : {},
    ),
  ];
}
