/**
 * Answers MetricDataQueries over a span of time: for GetMetricData and for alarms.
 * Refused: SEARCH and SELECT expressions, metrics of other accounts.
 */
import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { unsupported } from '../../service.ts';
import { combination, invalid, validation } from './errors.ts';
import { evaluate, isSeries, type Series, type Value } from './math/evaluate.ts';
import { idsOf, parseExpression } from './math/parse.ts';
import type { Dimensions, MetricStore, Span } from './metric-store.ts';
import { checkStatistic, statistic } from './statistics.ts';

interface MetricRef {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
}

export interface Query {
  readonly id: string;
  readonly label: string | undefined;
  readonly returnData: boolean;
  /** ms; of an expression, that of its metrics. */
  readonly period: number;
  readonly metric?: MetricRef & { readonly stat: string; readonly unit: string | undefined };
  readonly expression?: string;
}

export const readDimensions = (
  given: readonly { Name?: string | undefined; Value?: string | undefined }[] | undefined,
): Dimensions => (given ?? []).map(({ Name = '', Value = '' }) => [Name, Value] as const);

/** Periods in seconds, as metrics can be asked for. */
export function readPeriod(seconds: number | undefined, what: string): number {
  if (seconds === undefined) throw combination(`${what} needs a Period.`);
  if (![1, 5, 10, 20, 30].includes(seconds) && (seconds < 60 || seconds % 60 !== 0))
    throw invalid(`Period must be 1, 5, 10, 20, 30 or a multiple of 60, not ${seconds}.`);
  return seconds * 1000;
}

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricStatistics.html; of an expression,
 * which has a value for every period, as many as GetMetricData answers in one call.
 */
export function checkDatapoints(
  { start, end }: Span,
  period: number,
  limit: number,
  error: (message: string) => Error,
): void {
  const count = Math.ceil((end - start) / period);
  if (count > limit)
    throw error(
      `You have requested up to ${count.toLocaleString('en-US')} datapoints, which exceeds the limit of ${limit.toLocaleString('en-US')}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const mostQueries = 500;

export function readQueries(given: readonly MetricDataQuery[] | undefined): readonly Query[] {
  const list = given ?? [];
  if (list.length > mostQueries)
    throw validation(`The collection MetricDataQueries must not have a size greater than ${mostQueries}.`);
  const ids = new Set(list.map(({ Id = '' }) => Id));
  if (ids.size !== list.length) throw validation('The ids of queries must be unique.');
  const metrics = list.filter((query) => query.MetricStat);
  const periods = metrics.map((query) => readPeriod(query.MetricStat?.Period, query.Id ?? ''));
  return list.map((query): Query => {
    const { Id: id = '', MetricStat, Expression, Label: label, ReturnData = true, Period, AccountId } = query;
    if (!/^[a-z][a-zA-Z0-9_]{0,254}$/.test(id))
      throw validation(
        `The id '${id}' must begin with a lower-case letter and have only letters, digits, _.`,
      );
    if (AccountId !== undefined) throw unsupported('the parameter AccountId of a metric query');
    if ((MetricStat === undefined) === (Expression === undefined))
      throw combination(`The query ${id} must have either MetricStat or Expression.`);
    const common = { id, label, returnData: ReturnData };
    if (Expression !== undefined) {
      if (/^\s*(SEARCH\s*\(|SELECT\s)/i.test(Expression))
        throw unsupported(`the expression ${Expression.trim().split(/[\s(]/)[0]} of metric queries`);
      for (const used of idsOf(parseExpression(Expression)))
        if (!ids.has(used) && used.toUpperCase() !== 'REPEAT' && used.toUpperCase() !== 'LINEAR')
          throw validation(`Error in expression '${id}': there is no query with the id ${used}`);
      const period = Period === undefined ? Math.max(...periods, 60_000) : readPeriod(Period, id);
      return { ...common, period, expression: Expression };
    }
    const { Metric, Stat, Unit } = MetricStat ?? {};
    return {
      ...common,
      period: readPeriod(MetricStat?.Period, id),
      metric: {
        namespace: Metric?.Namespace ?? '',
        name: Metric?.MetricName ?? '',
        dimensions: readDimensions(Metric?.Dimensions),
        stat: checkStatistic(Stat),
        unit: Unit,
      },
    };
  });
}

/** The values of one query by the start of each period; how many samples each has, when known. */
interface Answer {
  readonly values: Series;
  readonly samples: Series;
}

export function answerQueries(store: MetricStore, queries: readonly Query[], span: Span) {
  const done = new Map<string, Answer>();
  const open = new Set<string>();
  const answer = (id: string): Answer => {
    const known = done.get(id);
    if (known) return known;
    const query = queries.find((one) => one.id === id);
    if (!query) throw validation(`There is no query with the id ${id}.`);
    if (open.has(id)) throw validation(`The expression ${id} refers to itself.`);
    open.add(id);
    const result = query.metric ? read(store, query.metric, query.period, span) : math(query);
    done.set(id, result);
    return result;
  };
  const math = (query: Query): Answer => {
    checkDatapoints(span, query.period, 100_800, validation);
    const slots: number[] = [];
    for (let at = span.start; at < span.end; at += query.period) slots.push(at);
    const value = evaluate(parseExpression(query.expression ?? ''), {
      slots,
      period: query.period,
      value: (id) => answer(id).values,
      metrics: (filter) =>
        queries
          .filter((one) => one.metric && one.id.includes(filter ?? ''))
          .map((one) => answer(one.id).values),
    });
    return { values: toSeries(value, slots, query.id), samples: new Map() };
  };
  return answer;
}

function toSeries(value: Value, slots: readonly number[], id: string): Series {
  if (isSeries(value)) return value;
  if (typeof value === 'number')
    return new Map(Number.isFinite(value) ? slots.map((slot) => [slot, value] as const) : []);
  throw unsupported(`the expression ${id}, which has no single time series as its result`);
}

function read(store: MetricStore, metric: NonNullable<Query['metric']>, period: number, span: Span): Answer {
  const values = new Map<number, number>();
  const samples = new Map<number, number>();
  const found = store.find(metric.namespace, metric.name, metric.dimensions);
  for (const [slot, aggregate] of store.series(found, { ...span, unit: metric.unit }, period)) {
    const value = statistic(aggregate, metric.stat);
    if (value === undefined) continue;
    values.set(slot, value);
    samples.set(slot, aggregate.count);
  }
  return { values, samples };
}
