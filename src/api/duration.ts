import { SlipwayError } from '../core/errors.ts';

/** A length of time: `{ hours: 1, minutes: 30 }`. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

const units: readonly string[] = ['days', 'hours', 'minutes', 'seconds', 'milliseconds'];

/** @throws SlipwayError local.invalid when it is not a number, below 0, or in a unit that there is not */
export function milliseconds(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 } = duration;
  const unknown = Object.keys(duration).filter((unit) => !units.includes(unit));
  const sum = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest;
  if (unknown.length === 0 && sum >= 0 && sum < Number.POSITIVE_INFINITY) return sum;
  throw new SlipwayError('local.invalid', `${JSON.stringify(duration)} is not a length of time`, {
    fix: `give numbers of 0 or more in ${units.join(', ')}, such as { hours: 1, minutes: 30 }`,
  });
}
