/** How recovery times and losses are written. */
import { formatDuration } from '../../core/duration.ts';

export const timeRange = (min: number, max: number): string =>
  max === 0
    ? 'no interruption'
    : min === max
      ? formatDuration(max)
      : `${formatDuration(min)}–${formatDuration(max)}`;

export const lossText = (seconds: number | null | 'all-data'): string =>
  seconds === null ? 'nothing' : seconds === 'all-data' ? 'all data' : formatDuration(seconds);

/** `a day`, `3 days`: of a property that holds days. */
export const daysText = (value: unknown): string => (value === 1 ? 'a day' : `${String(value)} days`);
