/**
 * What tells people how a job system is doing: a dashboard, alarms on errors, slowness, backlog and dying
 * tasks, a topic that carries them, and a budget. The thresholds default to the figures of the job contract.
 *
 * Job metrics are counts of jobs (`JobsCreated`, `JobsCompleted`, `JobsFailed`) and `ProcessingTime` in
 * milliseconds, without dimensions, as the code writes them in CloudWatch's embedded metric format.
 */

import {
  Alarm,
  ComparisonOperator,
  type Dashboard,
  type IMetric,
  MathExpression,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Duration, Stack, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SlipwayError } from '../core/errors.ts';
import { acknowledgeDesign } from './acknowledge.ts';
import { addBudget } from './budget.ts';
import { operationsDashboard } from './operations-dashboard.ts';
import type { JobMetrics, OperationsProps } from './operations-props.ts';
import type { StaticSite } from './static-site.ts';
import { taskFailures } from './task-failures.ts';

interface AlarmSpec {
  readonly metric: IMetric;
  readonly threshold: number;
  readonly minutes?: number;
  readonly says: string;
  /** Another message about the same thing already goes to the topic. */
  readonly silent?: boolean;
}

export class Operations extends Construct {
  readonly topic: Topic;
  readonly alarms: readonly Alarm[];
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const { pipeline } = props;
    const metrics = jobMetrics(props.metricsNamespace);
    this.topic = this.#topic(props);
    const failures = taskFailures(this, pipeline.worker, this.topic);
    const maxTime = props.maxProcessingTime ?? Duration.seconds(30);
    const specs: Readonly<Record<string, AlarmSpec>> = {
      ErrorRate: {
        metric: metrics.errorPercent,
        threshold: props.maxErrorPercent ?? 5,
        says: 'Too many of the jobs that finish have failed.',
      },
      ProcessingTime: {
        metric: metrics.processingTime(Stats.percentile(95)),
        threshold: maxTime.toMilliseconds(),
        says: 'Jobs take too long once they are picked up (95th percentile).',
      },
      QueueDepth: {
        metric: pipeline.queue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
          period: Duration.minutes(1),
        }),
        threshold: props.maxQueueDepth ?? 100,
        minutes: 3,
        says: 'Jobs arrive faster than the workers take them, even scaled out.',
      },
      TaskFailures: {
        metric: failures,
        threshold: 0,
        says: 'Worker tasks exit by themselves or do not start. The reason was sent to the topic.',
        silent: true,
      },
      DeadLetters: {
        metric: pipeline.deadLetterQueue.metricApproximateNumberOfMessagesVisible({
          statistic: Stats.MAXIMUM,
        }),
        threshold: 0,
        says: 'Jobs were given up after their last delivery and wait in the dead-letter queue.',
      },
      ApiErrors: {
        metric: new MathExpression({
          expression: '100 * errors',
          label: 'API answers of 5xx, %',
          usingMetrics: { errors: props.api.api.metricServerError({ statistic: Stats.AVERAGE }) },
        }),
        threshold: props.maxErrorPercent ?? 5,
        says: 'Too many API calls are answered with 5xx.',
      },
      ...(props.site === undefined ? {} : { SiteErrors: this.#siteErrors(props.site, props) }),
    };
    this.alarms = Object.entries(specs).map(([name, spec]) => this.#alarm(name, spec));
    this.dashboard = operationsDashboard(this, { ...props, metrics, failures, alarms: this.alarms });
    if (props.monthlyBudgetUsd !== undefined) addBudget(this, props.monthlyBudgetUsd, this.topic);
  }

  #siteErrors(site: StaticSite, { maxErrorPercent = 5 }: OperationsProps): AlarmSpec {
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== 'us-east-1')
      throw new SlipwayError(
        'blocks.invalid',
        `Operations cannot watch the site ${site.node.path} from ${region}: CloudFront's metrics are in us-east-1`,
        { fix: 'leave `site` out, and put an alarm on the distribution into a stack in us-east-1' },
      );
    return {
      // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/programming-cloudwatch-metrics.html
      metric: new Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: site.distribution.distributionId, Region: 'Global' },
        statistic: Stats.AVERAGE,
        period: Duration.minutes(5),
        label: 'site answers of 5xx, %',
      }),
      threshold: maxErrorPercent,
      says: 'Too many requests to the site are answered with 5xx.',
    };
  }

  #alarm(name: string, spec: AlarmSpec): Alarm {
    const alarm = new Alarm(this, `${name}Alarm`, {
      alarmDescription: spec.says,
      metric: spec.metric,
      threshold: spec.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: spec.minutes ?? 1,
      // No traffic writes no metrics, and that is no failure.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (spec.silent)
      acknowledgeDesign(alarm, {
        'alarm-without-action':
          'The reason of each failure was already sent to the topic; this is for the dashboard.',
      });
    else {
      alarm.addAlarmAction(new SnsAction(this.topic));
      alarm.addOkAction(new SnsAction(this.topic));
    }
    return alarm;
  }

  #topic(props: OperationsProps): Topic {
    const topic = new Topic(this, 'Topic', { displayName: 'Alarms', enforceSSL: true });
    // A topic policy of one's own replaces the default one, by which alarms of the account may publish.
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    for (const service of ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com']) {
      topic.addToResourcePolicy(
        new PolicyStatement({
          sid: service.split('.')[0],
          principals: [new ServicePrincipal(service)],
          actions: ['sns:Publish'],
          resources: [topic.topicArn],
          conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
        }),
      );
    }
    if (props.email) topic.addSubscription(new EmailSubscription(props.email));
    return topic;
  }
}

function jobMetrics(namespace: string): JobMetrics {
  const period = Duration.minutes(5);
  const count = (metricName: string, label: string) =>
    new Metric({ namespace, metricName, statistic: Stats.SUM, period, label });
  const created = count('JobsCreated', 'created');
  const completed = count('JobsCompleted', 'completed');
  const failed = count('JobsFailed', 'failed');
  return {
    created,
    completed,
    failed,
    errorPercent: new MathExpression({
      expression:
        'IF(FILL(completed, 0) + FILL(failed, 0) > 0, 100 * FILL(failed, 0) / (FILL(completed, 0) + FILL(failed, 0)), 0)',
      label: 'failed, %',
      usingMetrics: { completed, failed },
      period,
    }),
    processingTime: (statistic) =>
      new Metric({ namespace, metricName: 'ProcessingTime', statistic, period, label: statistic }),
  };
}
