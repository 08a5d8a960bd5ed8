/**
 * Scales a worker on the number of waiting messages, by steps. Steps rather than target tracking: a target needs
 * messages per task, a metric nobody publishes, and tracks back in only slowly after a burst.
 *
 * Out after one minute with 10 or more waiting; in by one task after five minutes with none, so that a burst in
 * several waves does not start and stop tasks each time. Never below the minimum: a queue at rest has a worker.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html
 */
import { AdjustmentType, MetricAggregationType } from 'aws-cdk-lib/aws-applicationautoscaling';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ScalableTaskCount } from 'aws-cdk-lib/aws-ecs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { SlipwayError } from '../core/errors.ts';
import type { JobWorker } from './job-worker.ts';

export interface QueueScalingOptions {
  /** @default 1 */
  readonly minTasks?: number;
  /** @default 10 */
  readonly maxTasks?: number;
}

export function scaleOnQueueDepth(
  worker: JobWorker,
  queue: Queue,
  options: QueueScalingOptions,
): ScalableTaskCount {
  const minCapacity = options.minTasks ?? 1;
  const maxCapacity = options.maxTasks ?? 10;
  if (minCapacity > maxCapacity) {
    throw new SlipwayError('blocks.invalid', `minTasks is ${minCapacity}, above maxTasks (${maxCapacity}).`, {
      fix: 'Raise maxTasks or lower minTasks.',
    });
  }
  const tasks = worker.service.autoScaleTaskCount({ minCapacity, maxCapacity });
  const metric = queue.metricApproximateNumberOfMessagesVisible({
    statistic: Stats.MAXIMUM,
    period: Duration.minutes(1),
  });
  const common = {
    metric,
    adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
    metricAggregationType: MetricAggregationType.MAXIMUM,
  };
  tasks.scaleOnMetric('Out', {
    ...common,
    evaluationPeriods: 1,
    cooldown: Duration.minutes(1),
    scalingSteps: [
      { lower: 10, change: 1 },
      { lower: 50, change: 3 },
      { lower: 200, change: 6 },
    ],
  });
  tasks.scaleOnMetric('In', {
    ...common,
    evaluationPeriods: 5,
    cooldown: Duration.minutes(5),
    // The CDK asks for two steps; the second stands for "more than none: leave it".
    scalingSteps: [
      { upper: 0, change: -1 },
      { lower: 10, change: 0 },
    ],
  });
  return tasks;
}
