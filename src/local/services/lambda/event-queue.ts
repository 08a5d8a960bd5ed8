/**
 * Asynchronous invocations: kept durably when accepted, tried again after one and two minutes, given up after
 * their retries or their age, and then handed to the on-failure destination or the dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
import type { Timer } from '../../../core/clock.ts';
import { reportBug } from '../../../core/report-bug.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import { pickVersion } from './alias-routing.ts';
import { type Destination, deliverEnding } from './destinations.ts';
import { functionArn, resolveVersion } from './names.ts';
import type { EventRecord, FunctionRecord, InvokeConfigRecord, LambdaRecords } from './records.ts';
import type { RunAnswer, Runner } from './runner.ts';

export interface EventQueue {
  accept(event: Pick<EventRecord, 'id' | 'functionName' | 'qualifier' | 'payload' | 'traceId'>): void;
  /** Takes up what was accepted before a restart. */
  start(): void;
  stop(): void;
}

const oldest = 6 * 3600;
const retries = 2;
/** Throttled events come back with growing pauses, up to five minutes. */
const throttlePause = (attempt: number) => Math.min(300_000, 1000 * 2 ** attempt);

export function createEventQueue(
  env: ServiceEnvironment,
  records: LambdaRecords,
  runner: Runner,
): EventQueue {
  const timers = new Map<string, Timer>();
  let stopped = false;

  const plan = (event: EventRecord) => {
    timers.get(event.id)?.cancel();
    timers.set(
      event.id,
      env.clock.after(event.notBefore - env.clock.now(), () => {
        timers.delete(event.id);
        void attempt(event).catch((error: unknown) =>
          reportBug(env.host, `asynchronous invocation of ${event.functionName}`, error),
        );
      }),
    );
  };

  const postpone = (event: EventRecord, ms: number, attempts: number) => {
    const later = { ...event, attempts, notBefore: env.clock.now() + ms };
    records.events.put(event.id, later);
    plan(later);
  };

  async function attempt(event: EventRecord): Promise<void> {
    if (stopped) return;
    const config = configOf(event);
    const maximumAge = (config?.MaximumEventAgeInSeconds ?? oldest) * 1000;
    let record: FunctionRecord;
    try {
      record = pickVersion(
        records,
        env,
        resolveVersion(records, env, { name: event.functionName, qualifier: event.qualifier || undefined }),
      );
    } catch {
      // The function was deleted: nobody is left to ask where its failures go.
      records.events.delete(event.id);
      return;
    }
    let answer: RunAnswer;
    try {
      answer = await runner.run({
        record,
        arn: functionArn(env, event.functionName, event.qualifier || undefined),
        requestId: event.id,
        payload: event.payload,
        traceId: event.traceId,
      });
    } catch (error) {
      if (stopped) return;
      const reason = error instanceof AwsError ? error.code : 'ServiceException';
      if (env.clock.now() - event.acceptedAt < maximumAge && reason !== 'NotImplemented')
        return postpone(event, throttlePause(event.attempts), event.attempts);
      return settle(event, record, config, { condition: 'EventAgeExceeded', attempts: event.attempts });
    }
    if (stopped) return;
    const attempts = event.attempts + 1;
    if (!answer.functionError)
      return settle(event, record, config, { condition: 'Success', attempts, answer });
    if (attempts > (config?.MaximumRetryAttempts ?? retries))
      return settle(event, record, config, { condition: 'RetriesExhausted', attempts, answer });
    const pause = attempts * 60_000;
    if (env.clock.now() + pause - event.acceptedAt > maximumAge)
      return settle(event, record, config, { condition: 'EventAgeExceeded', attempts, answer });
    postpone(event, pause, attempts);
  }

  const configOf = (event: EventRecord): InvokeConfigRecord | undefined =>
    records.invokeConfigs.get([event.functionName, event.qualifier || '$LATEST']);

  async function settle(
    event: EventRecord,
    record: FunctionRecord,
    config: InvokeConfigRecord | undefined,
    end: { condition: string; attempts: number; answer?: RunAnswer },
  ): Promise<void> {
    const good = end.condition === 'Success';
    const wanted = good
      ? config?.DestinationConfig?.OnSuccess?.Destination
      : config?.DestinationConfig?.OnFailure?.Destination;
    const destinations: Destination[] = wanted ? [{ arn: wanted, form: 'record' }] : [];
    if (!good && record.deadLetterArn) destinations.push({ arn: record.deadLetterArn, form: 'event' });
    for (const destination of destinations)
      await deliverEnding(env, record, destination, {
        event,
        condition: end.condition,
        attempts: end.attempts,
        answer: end.answer,
      });
    records.events.delete(event.id);
  }

  return {
    accept(event) {
      const now = env.clock.now();
      const record: EventRecord = { ...event, acceptedAt: now, attempts: 0, notBefore: now };
      records.events.put(event.id, record);
      plan(record);
    },
    start() {
      stopped = false;
      for (const event of [...records.events.values()]) plan(event);
    },
    stop() {
      stopped = true;
      for (const timer of timers.values()) timer.cancel();
      timers.clear();
    },
  };
}
