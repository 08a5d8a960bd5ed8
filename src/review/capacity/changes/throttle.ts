/** A higher throttle of an API's stage, up to the account's limit. */

import { gatewayRate } from '../model/defaults.ts';
import { num } from '../simulator/quantity.ts';
import { type ChangeKind, changed, sizedChange } from './change.ts';

export const raiseThrottle: ChangeKind = (candidate) => {
  const { node } = candidate;
  if (node.kind !== 'api') return [];
  const rates = node.routes.flatMap(({ throttle }) => (throttle === undefined ? [] : [num(throttle.rate)]));
  const from = Math.min(...rates);
  if (rates.length === 0 || from >= gatewayRate.value) return [];
  return [
    sizedChange(candidate, 'api', {
      id: 'raise-throttle',
      title: 'A higher throttle of the stage, rate and burst',
      property: 'MethodSettings/ThrottlingRateLimit (of its stage)',
      from: `${from} a second`,
      values: [1.5, 2, 3, 5, 10, 30, 100]
        .map((factor) => from * factor)
        .filter((value) => value <= gatewayRate.value),
      show: (value) => `${value} a second`,
      set: (one, value) => ({
        ...one,
        routes: one.routes.map((route) =>
          route.throttle === undefined
            ? route
            : {
                ...route,
                throttle: {
                  rate: changed((num(route.throttle.rate) * value) / from, 'ThrottlingRateLimit'),
                  burst: changed((num(route.throttle.burst) * value) / from, 'ThrottlingBurstLimit'),
                },
              },
        ),
      }),
    }),
  ];
};
