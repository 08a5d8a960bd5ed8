/**
 * What state an alarm has, given its datapoints: M out of N, and how missing data counts.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
import { lookup } from '../../../core/lookup.ts';

export type State = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
export type MissingData = 'missing' | 'ignore' | 'breaching' | 'notBreaching';

export interface Condition {
  readonly operator: string;
  readonly threshold: number;
  readonly periods: number;
  readonly datapointsToAlarm: number;
  readonly missing: MissingData;
}

export interface Datapoint {
  readonly at: number;
  readonly value: number;
}

interface Verdict {
  /** undefined: as it was. */
  readonly state: State | undefined;
  /** The datapoints that counted, the newest first. */
  readonly evaluated: readonly Datapoint[];
  readonly breaching: number;
}

const comparisons: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  GreaterThanThreshold: (value, threshold) => value > threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

export const comparisonOperators = Object.keys(comparisons);

/**
 * AWS looks at more periods than it evaluates, so that late data counts, and does not say how many more; its
 * examples have two.
 */
export const evaluationRange = (periods: number): number => periods + 2;

/** @param found the datapoints there are in the evaluation range, the newest first */
export function decide(condition: Condition, found: readonly Datapoint[]): Verdict {
  const { operator, threshold, periods, datapointsToAlarm, missing } = condition;
  const evaluated = found.slice(0, periods);
  const breaching = evaluated.filter(({ value }) => lookup(comparisons, operator)?.(value, threshold)).length;
  const absent = periods - evaluated.length;
  const verdict = (state: State | undefined): Verdict => ({ state, evaluated, breaching });
  if (breaching >= datapointsToAlarm) return verdict('ALARM');
  if (absent === 0) return verdict('OK');
  switch (missing) {
    case 'breaching':
      return verdict(breaching + absent >= datapointsToAlarm ? 'ALARM' : 'OK');
    case 'notBreaching':
      return verdict('OK');
    case 'ignore':
      return verdict(evaluated.length > breaching ? 'OK' : undefined);
    case 'missing':
      if (evaluated.length === 0) return verdict('INSUFFICIENT_DATA');
      return verdict(evaluated.length === breaching ? 'ALARM' : 'OK');
  }
}
