/** Why an alarm has its state, in AWS's words. */
import type { Condition, Datapoint, decide, State } from './decide.ts';

const operators: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: 'greater than or equal to',
  GreaterThanThreshold: 'greater than',
  LessThanThreshold: 'less than',
  LessThanOrEqualToThreshold: 'less than or equal to',
};

/** 1 → `1.0`, as AWS writes numbers here. */
const decimal = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

/** 20/11/26 10:00:00 */
const short = (at: number): string => {
  const iso = new Date(at).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)} ${iso.slice(11, 19)}`;
};

/** 2026-11-20T10:00:00.000+0000 */
export const offsetTime = (at: number): string => new Date(at).toISOString().replace('Z', '+0000');

export function reasonOf(
  condition: Condition,
  { evaluated, breaching }: ReturnType<typeof decide>,
  state: State,
): string {
  const { periods, operator, threshold, datapointsToAlarm, missing } = condition;
  const count = (n: number) => `${n} datapoint${n === 1 ? '' : 's'}`;
  if (evaluated.length === 0) {
    const treated =
      missing === 'notBreaching' ? 'NonBreaching' : missing === 'breaching' ? 'Breaching' : undefined;
    if (!treated) return `Insufficient Data: ${count(periods)} ${periods === 1 ? 'was' : 'were'} unknown.`;
    return `Threshold Crossed: no datapoints were received for ${periods} period${periods === 1 ? '' : 's'} and ${
      periods === 1 ? '1 missing datapoint was' : `${periods} missing datapoints were`
    } treated as [${treated}].`;
  }
  const shown = state === 'ALARM' ? breaching : evaluated.length - breaching;
  const list = evaluated.map(({ at, value }) => `${decimal(value)} (${short(at)})`).join(', ');
  const not = state === 'ALARM' ? '' : 'not ';
  const least =
    state === 'ALARM'
      ? `minimum ${count(datapointsToAlarm)} for OK -> ALARM transition`
      : `minimum ${count(periods - datapointsToAlarm + 1)} for ALARM -> OK transition`;
  return `Threshold Crossed: ${shown} out of the last ${count(periods)} [${list}] ${
    shown === 1 ? 'was' : 'were'
  } ${not}${operators[operator]} the threshold (${decimal(threshold)}) (${least}).`;
}

interface ReasonFacts {
  readonly now: number;
  readonly statistic: string | undefined;
  readonly unit: string | undefined;
  /** ms */
  readonly period: number;
  readonly threshold: number;
  readonly evaluated: readonly Datapoint[];
  readonly samples: ReadonlyMap<number, number>;
}

export function reasonData({
  now,
  statistic,
  unit,
  period,
  threshold,
  evaluated,
  samples,
}: ReasonFacts): string {
  const oldest = evaluated.at(-1)?.at;
  return JSON.stringify({
    version: '1.0',
    queryDate: offsetTime(now),
    ...(oldest === undefined ? {} : { startDate: offsetTime(oldest) }),
    ...(unit ? { unit } : {}),
    ...(statistic ? { statistic } : {}),
    period: period / 1000,
    // The oldest first, as in AWS's notices.
    recentDatapoints: [...evaluated].reverse().map(({ value }) => value),
    threshold,
    evaluatedDatapoints: evaluated.map(({ at, value }) => ({
      timestamp: offsetTime(at),
      ...(samples.has(at) ? { sampleCount: samples.get(at) } : {}),
      value,
    })),
  });
}
