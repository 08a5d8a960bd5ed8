/**
 * From an event to the targets of the rules that match it, with retries and dead-letter queues on the clock.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Target } from '@aws-sdk/client-eventbridge';
import type { Timer } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import { reportBug } from '../../../core/report-bug.ts';
import { AwsError } from '../../service.ts';
import { targetInput } from './input.ts';
import { compilePattern, type Matcher } from './pattern.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import type { EventsStore, RuleRecord } from './store.ts';

interface Event extends Readonly<Record<string, unknown>> {
  readonly source: string;
  readonly time: string;
}

export interface Dispatcher {
  /** Hands an event to the rules; delivery goes on after this returns. */
  publish(event: Event): void;
  /** Must be called when rules have changed. */
  changed(): void;
  start(): void;
  stop(): Promise<void>;
}

interface Compiled {
  readonly record: RuleRecord;
  readonly matches: Matcher | undefined;
  readonly schedule: Schedule | undefined;
}

const minute = 60_000;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
const defaults = { ageSeconds: 86_400, attempts: 185 };

export function createDispatcher(store: EventsStore): Dispatcher {
  const { env } = store;
  let rules: readonly Compiled[] | undefined;
  const counts = new Map<string, Map<string, number>>();
  const pending = new Set<Promise<void>>();
  const stopping = new AbortController();
  let scheduleTimer: Timer | undefined;
  let metricsTimer: Timer | undefined;

  const compiled = () => {
    rules ??= [...store.rules.values()].map((record) => ({
      record,
      matches: record.eventPattern ? compilePattern(record.eventPattern) : undefined,
      schedule: record.scheduleExpression ? parseSchedule(record.scheduleExpression) : undefined,
    }));
    return rules;
  };

  function count(rule: string, metric: string): void {
    const of = counts.get(rule) ?? new Map<string, number>();
    of.set(metric, (of.get(metric) ?? 0) + 1);
    counts.set(rule, of);
  }

  function trigger(record: RuleRecord, event: Event): void {
    count(record.name, 'TriggeredRules');
    for (const target of record.targets) {
      const work = send(record, target, event).finally(() => pending.delete(work));
      pending.add(work);
    }
  }

  async function send(record: RuleRecord, target: Target, event: Event): Promise<void> {
    const arn = store.ruleArn(record.name);
    const as = env.asService('events.amazonaws.com', arn);
    const first = env.clock.now();
    const {
      MaximumEventAgeInSeconds: age = defaults.ageSeconds,
      MaximumRetryAttempts: maxRetries = defaults.attempts,
    } = target.RetryPolicy ?? {};
    for (let attempt = 0; ; attempt++) {
      count(record.name, 'Invocations');
      try {
        const body = targetInput(target, event, { arn, name: record.name });
        return await env.deliver(
          target.Arn ?? '',
          { body, groupId: target.SqsParameters?.MessageGroupId, sentAt: env.clock.now() },
          as,
        );
      } catch (error) {
        // Missing permission or resource is not retried.
        const final = error instanceof AwsError && error.status < 500 && !/Throttl|TooMany/.test(error.code);
        const wait = Math.min(minute * 5, 1000 * 2 ** attempt);
        const exhausted = attempt >= maxRetries || env.clock.now() + wait - first > age * 1000;
        if (final || exhausted) return giveUp(record, target, event, error, final);
        await env.clock.sleep(wait, stopping.signal);
        if (stopping.signal.aborted) return;
      }
    }
  }

  async function giveUp(
    record: RuleRecord,
    target: Target,
    event: Event,
    error: unknown,
    final: boolean,
  ): Promise<void> {
    count(record.name, 'FailedInvocations');
    const arn = store.ruleArn(record.name);
    const code = error instanceof AwsError ? error.code : 'INTERNAL_ERROR';
    const message = reasonOf(error);
    const queue = target.DeadLetterConfig?.Arn;
    const failed = (to: string, reason: string, next: 'dead-letter queue' | 'lost') =>
      env.host.notify({ name: 'delivery.failed', data: { source: arn, target: to, reason, next } });
    failed(target.Arn ?? '', `${code}: ${message}`, queue ? 'dead-letter queue' : 'lost');
    if (!queue) return;
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    const attributes = {
      RULE_ARN: attribute(arn),
      TARGET_ARN: attribute(target.Arn ?? ''),
      ERROR_CODE: attribute(code),
      ERROR_MESSAGE: attribute(message.slice(0, 1000)),
      EXHAUSTED_RETRY_CONDITION: attribute(final ? 'None' : 'MaximumRetryAttempts'),
    };
    try {
      const as = env.asService('events.amazonaws.com', arn);
      await env.deliver(queue, { body: JSON.stringify(event), attributes }, as);
      count(record.name, 'InvocationsSentToDlq');
    } catch (lost) {
      count(record.name, 'InvocationsFailedToBeSentToDlq');
      failed(queue, reasonOf(lost), 'lost');
    }
  }

  function armSchedules(): void {
    scheduleTimer?.cancel();
    const now = env.clock.now();
    let next: number | undefined;
    for (const { record, schedule } of compiled()) {
      const due = record.state === 'ENABLED' ? schedule?.(now, record.since) : undefined;
      if (due !== undefined && (next === undefined || due < next)) next = due;
    }
    if (next === undefined) return;
    const at = next;
    scheduleTimer = env.clock.after(at - now, () => {
      // First: a rule that cannot be triggered must not end the schedules.
      armSchedules();
      for (const { record, schedule } of compiled())
        if (record.state === 'ENABLED' && schedule?.(at - 1, record.since) === at)
          trigger(record, {
            version: '0',
            id: randomId(env.randomId),
            'detail-type': 'Scheduled Event',
            source: 'aws.events',
            account: env.accountId,
            time: new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z'),
            region: env.region,
            resources: [store.ruleArn(record.name)],
            detail: {},
          });
    });
  }

  /** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
  function armMetrics(): void {
    const nextMinute = () => minute - (env.clock.now() % minute);
    metricsTimer = env.clock.repeat(nextMinute, () => {
      const Timestamp = new Date(Math.floor(env.clock.now() / minute) * minute - minute);
      const MetricData = [...counts].flatMap(([rule, of]) =>
        [...of].map(
          ([MetricName, Value]): MetricDatum => ({
            MetricName,
            Value,
            Unit: 'Count',
            Timestamp,
            Dimensions: [{ Name: 'RuleName', Value: rule }],
          }),
        ),
      );
      counts.clear();
      if (MetricData.length > 0)
        env
          .asService('events.amazonaws.com')('cloudwatch', 'PutMetricData', {
            Namespace: 'AWS/Events',
            MetricData,
          })
          .catch((error: unknown) => reportBug(env.host, 'EventBridge metrics', error));
    });
  }

  return {
    publish(event) {
      for (const { record, matches } of compiled())
        if (record.state === 'ENABLED' && matches?.(event)) trigger(record, event);
    },
    changed() {
      rules = undefined;
      armSchedules();
    },
    start() {
      armSchedules();
      armMetrics();
    },
    async stop() {
      stopping.abort();
      scheduleTimer?.cancel();
      metricsTimer?.cancel();
      await Promise.allSettled(pending);
    },
  };
}

export const randomId = (hex: (length: number) => string) =>
  `${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`;
