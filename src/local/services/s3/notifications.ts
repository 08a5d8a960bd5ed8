/**
 * Events of objects, delivered to queues, topics, functions and the default event bus as S3 itself. An event is
 * recorded before its object's answer leaves, and kept until its target took it or refused it for a day.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventNotifications.html
 */
import type { NotificationConfiguration, QueueConfiguration } from '@aws-sdk/client-s3';
import type { Timer } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import type { Call, Extras, Message, ServiceEnvironment } from '../../service.ts';
import { bucketArn } from './arn.ts';
import type { BucketRecord, Buckets } from './buckets.ts';
import { type EventName, eventBridgeMessage, notificationMessage } from './notification-events.ts';
import type { Version } from './objects.ts';

export interface Notifications {
  /** Call right after the change was made. */
  emit(
    bucket: BucketRecord,
    event: EventName,
    key: string,
    version: Version | undefined,
    call: Call | undefined,
  ): void;
  /** What S3 sends to a target when it is configured. */
  test(bucket: BucketRecord, configuration: NotificationConfiguration): Promise<void>;
  start(): void;
  stop(): void;
}

interface Delivery {
  readonly target: string;
  readonly bucket: string;
  readonly message: Message;
  readonly since: number;
  readonly attempts: number;
}

const giveUpAfter = 24 * 3_600_000;

export function createNotifications(
  env: ServiceEnvironment,
  buckets: Pick<Buckets, 'find'>,
  environmentOf: Extras['environmentOf'],
): Notifications {
  const queue = env.store.collection<Delivery>('s3.events');
  let timer: Timer | undefined;
  let running = false;
  let stopped = false;
  let last = 0;

  const send = ({ target, bucket, message }: Delivery): Promise<void> =>
    env.deliver(target, message, asBucket(bucket));
  const asBucket = (bucket: string) =>
    environmentOf(buckets.find(bucket) ?? env.home).asService('s3.amazonaws.com', bucketArn(bucket));

  const pump = async (): Promise<void> => {
    if (running || stopped) return;
    running = true;
    let wait = 0;
    for (const [key, delivery] of [...queue.entries()]) {
      if (stopped) break;
      try {
        await send(delivery);
        if (!stopped) queue.delete(key);
      } catch (error) {
        if (stopped) break;
        const tried = delivery.attempts + 1;
        const giveUp = env.clock.now() - delivery.since > giveUpAfter;
        env.host.notify({
          name: 'delivery.failed',
          data: {
            source: `arn:aws:s3:::${delivery.bucket}`,
            target: delivery.target,
            reason: reasonOf(error),
            next: giveUp ? 'lost' : 'tried again',
          },
        });
        if (giveUp) queue.delete(key);
        else {
          queue.put(key, { ...delivery, attempts: tried });
          wait = Math.max(wait, Math.min(300_000, 1000 * 2 ** Math.min(tried, 9)));
        }
      }
    }
    running = false;
    if (wait > 0 && !stopped) timer = env.clock.after(wait, wake);
    else if (!stopped && [...queue.entries({ limit: 1 })].length > 0) wake();
  };
  const wake = () => {
    timer?.cancel();
    timer = undefined;
    env.clock.soon(pump);
  };

  return {
    emit(bucket, event, key, version, call) {
      const configuration = bucket.notification;
      if (!configuration) return;
      last = Math.max(last + 1, env.clock.now() * 1000);
      const happened = { bucket, event, key, version, call, sequence: last };
      let order = 0;
      const put = (target: string, message: Message) =>
        queue.put([last, order++], {
          target,
          bucket: bucket.name,
          message,
          since: env.clock.now(),
          attempts: 0,
        });
      const wanted = targetsOf(configuration).filter(
        ({ events, filter }) =>
          events.some((pattern) => matchesEvent(pattern, event)) && matchesKey(filter, key),
      );
      const own = environmentOf(bucket);
      for (const { arn, id } of wanted) put(arn, notificationMessage(own, happened, id));
      if (configuration.EventBridgeConfiguration)
        put(own.arn('events', 'event-bus/default'), eventBridgeMessage(own, happened));
      if (wanted.length > 0 || configuration.EventBridgeConfiguration) wake();
    },
    async test(bucket, configuration) {
      for (const { kind, arn } of targetsOf(configuration))
        if (kind === 'lambda')
          await asBucket(bucket.name)('lambda', 'Invoke', {
            FunctionName: arn,
            InvocationType: 'DryRun',
          });
        else
          await send({
            target: arn,
            bucket: bucket.name,
            since: env.clock.now(),
            attempts: 0,
            message: {
              subject: 'Amazon S3 Notification',
              body: JSON.stringify({
                Service: 'Amazon S3',
                Event: 's3:TestEvent',
                Time: new Date(env.clock.now()).toISOString(),
                Bucket: bucket.name,
                RequestId: env.randomId(16).toUpperCase(),
                HostId: env.randomId(32),
              }),
            },
          });
    },
    start: wake,
    stop() {
      stopped = true;
      timer?.cancel();
    },
  };
}

interface Filter {
  readonly prefix: string;
  readonly suffix: string;
}

export const targetsOf = (configuration: NotificationConfiguration) => [
  ...(configuration.QueueConfigurations ?? []).map((one) => targetOf('sqs', one.QueueArn, one)),
  ...(configuration.TopicConfigurations ?? []).map((one) => targetOf('sns', one.TopicArn, one)),
  ...(configuration.LambdaFunctionConfigurations ?? []).map((one) =>
    targetOf('lambda', one.LambdaFunctionArn, one),
  ),
];

const targetOf = (
  kind: 'sqs' | 'sns' | 'lambda',
  arn: string | undefined,
  { Id, Events, Filter }: Pick<QueueConfiguration, 'Id' | 'Events' | 'Filter'>,
) => ({
  kind,
  arn: arn ?? '',
  id: Id ?? '',
  events: Events ?? [],
  rules: Filter?.Key?.FilterRules ?? [],
  filter: readFilter(Filter?.Key?.FilterRules),
});

function readFilter(rules: readonly { Name?: string; Value?: string }[] = []): Filter {
  const value = (name: string) => rules.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? '';
  return { prefix: value('prefix'), suffix: value('suffix') };
}

const matchesKey = ({ prefix, suffix }: Filter, key: string) =>
  key.startsWith(prefix) && key.endsWith(suffix);

const matchesEvent = (pattern: string, event: EventName) =>
  pattern === `s3:${event}` || (pattern.endsWith(':*') && `s3:${event}`.startsWith(pattern.slice(0, -1)));
