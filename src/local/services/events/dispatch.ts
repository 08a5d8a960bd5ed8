/**
 * From an event to the targets of the rules that match it, with retries and dead-letter queues on the clock.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
 */
import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Target } from '@aws-sdk/client-eventbridge';
import { parseArn } from '../../../core/arn.ts';
import type { Timer } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import { reportBug } from '../../../core/report-bug.ts';
import type { Caller } from '../../../iam/index.ts';
import { compilePattern, type Matcher } from '../../event-pattern.ts';
import { AwsError, type Message, type SessionCredentials } from '../../service.ts';
import { runTask } from './ecs-target.ts';
import { targetInput } from './input.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import { defaultBus, type EventsStore, findBus, isBusArn, type RuleRecord, ruleArn } from './store.ts';

interface Event extends Readonly<Record<string, unknown>> {
  readonly source: string;
  readonly time: string;
}

export interface Dispatcher {
  /** Hands an event to the rules; delivery goes on after this returns. */
  publish(bus: string, event: Event): void;
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

/** Rules of a bus of one's own are counted by the bus as well. */
const metricName = ({ bus, name }: RuleRecord) => JSON.stringify(bus === undefined ? [name] : [name, bus]);

function dimensionsOf(metric: string) {
  const [Value, bus] = JSON.parse(metric) as [string, string?];
  return [{ Name: 'RuleName', Value }, ...(bus === undefined ? [] : [{ Name: 'EventBusName', Value: bus }])];
}

/** What a bus elsewhere is told beside the event's detail. */
const busEvent = (event: Event): Pick<Message, 'event'> => ({
  event: {
    source: event.source,
    detailType: String(event['detail-type']),
    resources: Array.isArray(event.resources) ? event.resources.map(String) : [],
  },
});

const minute = 60_000;
/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RetryPolicy.html */
const defaults = { ageSeconds: 86_400, attempts: 185 };

export function createDispatcher(store: EventsStore): Dispatcher {
  const { env } = store;
  let rules: readonly Compiled[] | undefined;
  const counts = new Map<string, Map<string, number>>();
  const pending = new Set<Promise<void>>();
  const stopping = new AbortController();
  const sessions = new Map<string, SessionCredentials>();
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
    count(metricName(record), 'TriggeredRules');
    for (const target of record.targets) {
      const work = send(record, target, event).finally(() => pending.delete(work));
      pending.add(work);
    }
  }

  async function send(record: RuleRecord, target: Target, event: Event): Promise<void> {
    const first = env.clock.now();
    const {
      MaximumEventAgeInSeconds: age = defaults.ageSeconds,
      MaximumRetryAttempts: maxRetries = defaults.attempts,
    } = target.RetryPolicy ?? {};
    for (let attempt = 0; ; attempt++) {
      count(metricName(record), 'Invocations');
      try {
        return await reach(record, target, event);
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

  /** Who holds the role of the target, or of its rule. */
  async function callerOf(record: RuleRecord, target: Target): Promise<Caller | undefined> {
    const role = target.RoleArn ?? record.roleArn;
    if (role === undefined) return undefined;
    const kept = sessions.get(role);
    if (kept && kept.expiration > env.clock.wall() + minute) return kept.caller;
    const session = await env.assumeRole(role, 'events.amazonaws.com', 'EventBridge');
    sessions.set(role, session);
    return session.caller;
  }

  /** Without a role the resource's policy decides about EventBridge itself. */
  async function reach(record: RuleRecord, target: Target, event: Event): Promise<void> {
    const { Arn = '', EcsParameters, SqsParameters } = target;
    const caller = await callerOf(record, target);
    const arn = ruleArn(store, record);
    const as = caller ? env.as(caller) : env.asService('events.amazonaws.com', arn);
    // What a bus is sent is the event's detail; the rest of the event is beside it.
    const body = isBusArn(Arn)
      ? JSON.stringify(event.detail)
      : targetInput(target, event, { arn, name: record.name });
    if (EcsParameters) return runTask(target, body, as);
    if (caller && isBusArn(Arn) && isHere(Arn)) return forward(Arn, event, caller);
    await env.deliver(
      Arn,
      { body, groupId: SqsParameters?.MessageGroupId, sentAt: env.clock.now(), ...busEvent(event) },
      as,
    );
  }

  const isHere = (arn: string) => {
    const { account, region } = parseArn(arn) ?? {};
    return account === env.accountId && region === env.region;
  };

  /** To another bus of this account and region: the event stays what it is, also one of AWS's own services. */
  async function forward(arn: string, event: Event, caller: Caller): Promise<void> {
    const { source, 'detail-type': type } = event;
    const entry = { EventBusName: arn, Source: source, DetailType: String(type), Detail: '{}' };
    const denied = await env.foresee(caller, 'events', 'PutEvents', { Entries: [entry] });
    if (denied) throw denied;
    publish(findBus(store, arn).name, event);
  }

  function publish(bus: string, event: Event): void {
    for (const { record, matches } of compiled())
      if (record.state === 'ENABLED' && (record.bus ?? defaultBus) === bus && matches?.(event))
        trigger(record, event);
  }

  async function giveUp(
    record: RuleRecord,
    target: Target,
    event: Event,
    error: unknown,
    final: boolean,
  ): Promise<void> {
    count(metricName(record), 'FailedInvocations');
    const arn = ruleArn(store, record);
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
      count(metricName(record), 'InvocationsSentToDlq');
    } catch (lost) {
      count(metricName(record), 'InvocationsFailedToBeSentToDlq');
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
            resources: [ruleArn(store, record)],
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
            Dimensions: dimensionsOf(rule),
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
    publish,
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
