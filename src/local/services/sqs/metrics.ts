/**
 * The metrics of every queue that was used in the last six hours, at the start of each minute of the clock for
 * the minute that ended. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Timer } from '../../../core/clock.ts';
import { reportBug } from '../../../core/report-bug.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';

const minute = 60_000;
const active = 6 * 60 * minute;

export function publishMetrics(env: ServiceEnvironment, queues: Queues) {
  let timer: Timer | undefined;
  const publish = env.asService('sqs.amazonaws.com');
  const tick = () => {
    const now = env.clock.now();
    for (const queue of queues.all()) {
      queue.sweep();
      const sizes = Object.values(queue.sizes).reduce((sum, size) => sum + size, 0);
      if (sizes > 0) queue.counts.usedAt = now;
      if (now - queue.counts.usedAt > active) continue;
      const MetricData = data(queue, new Date(Math.floor(now / minute) * minute - minute));
      queue.counts.reset();
      // A metric that is lost is told to the host; the queue goes on.
      publish('cloudwatch', 'PutMetricData', { Namespace: 'AWS/SQS', MetricData }).catch((error: unknown) =>
        reportBug(env.host, 'SQS metrics', error),
      );
    }
  };
  return {
    start() {
      timer = env.clock.repeat(() => minute - (env.clock.now() % minute), tick);
    },
    stop: () => timer?.cancel(),
  };
}

function data(queue: Queue, Timestamp: Date): MetricDatum[] {
  const { counts, sizes } = queue;
  const Dimensions = [{ Name: 'QueueName', Value: queue.record.name }];
  const values: Readonly<Record<string, number>> = {
    ApproximateNumberOfMessagesVisible: sizes.available,
    ApproximateNumberOfMessagesNotVisible: sizes['in-flight'],
    ApproximateNumberOfMessagesDelayed: sizes.delayed,
    NumberOfMessagesSent: counts.sent,
    NumberOfMessagesReceived: counts.received,
    NumberOfMessagesDeleted: counts.deleted,
    NumberOfEmptyReceives: counts.emptyReceives,
  };
  const out: MetricDatum[] = Object.entries(values).map(([MetricName, Value]) => ({
    MetricName,
    Value,
    Unit: 'Count',
    Timestamp,
    Dimensions,
  }));
  out.push({
    MetricName: 'ApproximateAgeOfOldestMessage',
    Value: Math.floor(queue.oldestAge() / 1000),
    Unit: 'Seconds',
    Timestamp,
    Dimensions,
  });
  if (counts.sentBytes.length > 0)
    out.push({
      MetricName: 'SentMessageSize',
      Unit: 'Bytes',
      Timestamp,
      Dimensions,
      StatisticValues: {
        SampleCount: counts.sentBytes.length,
        Sum: counts.sentBytes.reduce((sum, bytes) => sum + bytes, 0),
        Minimum: counts.sentBytes.reduce((low, bytes) => Math.min(low, bytes)),
        Maximum: counts.sentBytes.reduce((high, bytes) => Math.max(high, bytes)),
      },
    });
  return out;
}
