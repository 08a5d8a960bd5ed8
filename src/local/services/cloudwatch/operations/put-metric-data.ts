import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import { operation } from '../../../service.ts';
import { access, type CloudWatchContext } from '../context.ts';
import { combination, invalid } from '../errors.ts';
import { type NewData, sortDimensions } from '../metric-store.ts';
import { readDimensions } from '../query.ts';
import { type Aggregate, ofSet, ofValues } from '../statistics.ts';

const day = 24 * 3_600_000;

/**
 * Namespaces that begin with AWS/ are for AWS's services.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html
 */
export const putMetricData = ({ env, metrics }: CloudWatchContext) =>
  operation('cloudwatch', 'PutMetricData', {
    accepts: ['Namespace', 'MetricData'],
    access: ({ Namespace = '' }, call) =>
      access('PutMetricData', '*', call).map((check) => ({
        ...check,
        context: { 'cloudwatch:namespace': Namespace },
      })),
    handle({ Namespace = '', MetricData = [] }, call) {
      if (Namespace.length > 255 || Namespace.startsWith(':') || !/^[ -~]*\S[ -~]*$/.test(Namespace))
        throw invalid(`The value ${Namespace} for parameter Namespace is invalid.`);
      if (Namespace.startsWith('AWS/') && call.caller.kind !== 'service')
        throw invalid('The value AWS/ for parameter Namespace is invalid.');
      if (MetricData.length === 0 || MetricData.length > 1000)
        throw combination(`A call carries 1 to 1,000 metrics, not ${MetricData.length}.`);
      const now = env.clock.now();
      metrics.put(
        Namespace,
        MetricData.map((datum, i) => read(datum, i + 1, now, env.clock.wall())),
      );
      return {};
    },
  });

function read(datum: MetricDatum, index: number, now: number, wall: number): NewData {
  const where = `MetricData.member.${index}`;
  const { MetricName: name = '', Unit: unit = 'None', StorageResolution = 60 } = datum;
  if (name === '' || name.length > 255) throw invalid(`The parameter ${where}.MetricName is invalid.`);
  const dimensions = sortDimensions(readDimensions(datum.Dimensions));
  if (dimensions.length > 30) throw invalid(`The collection ${where}.Dimensions has more than 30 members.`);
  for (const [key, value] of dimensions)
    if (key === '' || value.trim() === '' || key.length > 255 || value.length > 1024)
      throw invalid(`The value for parameter ${where}.Dimensions is invalid: ${key}=${value}`);
  if (StorageResolution !== 1 && StorageResolution !== 60)
    throw invalid(`The parameter ${where}.StorageResolution must be 1 or 60.`);
  const given = datum.Timestamp?.getTime() ?? now;
  // A process stamps with its own clock, which stays behind when time was moved: "just now" means now.
  const stamped =
    now - wall > 1000 && given <= wall + 1000 && given > wall - 300_000 ? given + now - wall : given;
  if (stamped < now - 14 * day || stamped > now + 7_200_000)
    throw invalid(
      `The parameter ${where}.Timestamp must not be older than two weeks or more than two hours in the future.`,
    );
  const step = StorageResolution * 1000;
  return {
    name,
    dimensions,
    unit,
    timestamp: Math.floor(stamped / step) * step,
    aggregate: aggregate(datum, where),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
const fits = (value: number | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= 2 ** 360;

function aggregate(datum: MetricDatum, where: string): Aggregate {
  const { Value, StatisticValues: set, Values, Counts } = datum;
  if ([Value, set, Values].filter((one) => one !== undefined).length !== 1)
    throw combination(`${where} must have exactly one of Value, Values and StatisticValues.`);
  const check = (value: number | undefined, name: string): number => {
    if (!fits(value)) throw invalid(`The value ${value} for parameter ${where}.${name} is invalid.`);
    return value;
  };
  if (Value !== undefined) return ofValues([[check(Value, 'Value'), 1]]);
  if (set) {
    const count = check(set.SampleCount, 'StatisticValues.SampleCount');
    const [min, max] = [
      check(set.Minimum, 'StatisticValues.Minimum'),
      check(set.Maximum, 'StatisticValues.Maximum'),
    ];
    if (count <= 0 || min > max)
      throw invalid(`The values of ${where}.StatisticValues contradict one another.`);
    return ofSet(count, check(set.Sum, 'StatisticValues.Sum'), min, max);
  }
  if (!Values || Values.length === 0 || Values.length > 150)
    throw invalid(`${where}.Values has 1 to 150 members.`);
  if (Counts && Counts.length !== Values.length)
    throw combination(`${where} must have as many Counts as Values.`);
  return ofValues(
    Values.map((value, i) => [check(value, 'Values'), check(Counts?.[i] ?? 1, 'Counts')] as const),
  );
}
