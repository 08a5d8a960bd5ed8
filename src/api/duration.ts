import { maxAdvanceDays } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';

/** A length of time: `{ hours: 1, minutes: 30 }`. */
export interface Duration {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
}

const unitMs = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
} satisfies Record<keyof Duration, number>;

/** @throws SlipwayError local.invalid when it is anything but numbers of 0 or more, of 100 years at most together */
export function milliseconds(duration: Duration): number {
  const given: unknown = duration;
  let sum = 0;
  for (const [unit, count] of typeof given === 'object' && given !== null
    ? Object.entries(given)
    : [['', '']]) {
    if (count === undefined) continue;
    const factor = Object.entries(unitMs).find(([name]) => name === unit)?.[1];
    sum += factor !== undefined && typeof count === 'number' && count >= 0 ? count * factor : Number.NaN;
  }
  if (sum <= maxAdvanceDays * unitMs.days) return sum;
  throw new SlipwayError('local.invalid', `${JSON.stringify(duration)} is not a length of time`, {
    fix: `give ${Object.keys(unitMs).join(', ')} as numbers of 0 or more, such as { hours: 1, minutes: 30 }; together at most ${maxAdvanceDays} days`,
  });
}
