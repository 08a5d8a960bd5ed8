/**
 * Notices worker tasks that exit by themselves or fail to start: sends the reason to a topic, and gives the
 * count as a metric. Tasks stopped by a deployment or by scaling in are not failures.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { JobWorker } from './job-worker.ts';

export function taskFailures(scope: Construct, worker: JobWorker, topic: ITopic): IMetric {
  const rule = new Rule(scope, 'TaskFailures', {
    description: 'Worker tasks that exit by themselves or do not start',
    eventPattern: {
      source: ['aws.ecs'],
      detailType: ['ECS Task State Change'],
      detail: {
        clusterArn: [worker.cluster.clusterArn],
        group: [`service:${worker.service.serviceName}`],
        lastStatus: ['STOPPED'],
        stopCode: ['EssentialContainerExited', 'TaskFailedToStart'],
      },
    },
  });
  const task = EventField.fromPath('$.detail.taskArn');
  const reason = EventField.fromPath('$.detail.stoppedReason');
  rule.addTarget(
    new SnsTopic(topic, { message: RuleTargetInput.fromText(`Worker task ${task} stopped: ${reason}`) }),
  );
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'TriggeredRules',
    dimensionsMap: { RuleName: rule.ruleName },
    statistic: Stats.SUM,
    period: Duration.minutes(5),
    label: 'task failures',
  });
}
