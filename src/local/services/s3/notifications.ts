/**
 * Events of objects, delivered to queues, topics and functions as S3 itself. An event is recorded before its object's
 * answer leaves, and kept until its target took it or refused it for a day.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */

import type { NotificationConfiguration, QueueConfiguration } from '@aws-sdk/client-s3';
import type { Timer } from '../../../core/clock.ts';
import { reasonOf } from '../../../core/events.ts';
import type { Call, ServiceEnvironment } from '../../service.ts';
import { bucketArn } from './arn.ts';
import type { BucketRecord } from './buckets.ts';
import type { Version } from './objects.ts';
import { ownerOf } from './owner.ts';

export type EventName =
  | 'ObjectCreated:Put'
  | 'ObjectCreated:Copy'
  | 'ObjectCreated:CompleteMultipartUpload'
  | 'ObjectRemoved:Delete'
  | 'ObjectRemoved:DeleteMarkerCreated'
  | 'ObjectTagging:Put'
  | 'ObjectTagging:Delete'
  | 'LifecycleExpiration:Delete'
  | 'LifecycleExpiration:DeleteMarkerCreated'
  | 'LifecycleTransition';

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
  readonly body: string;
  readonly since: number;
  readonly attempts: number;
}

const giveUpAfter = 24 * 3_600_000;

export function createNotifications(env: ServiceEnvironment): Notifications {
  const queue = env.store.collection<Delivery>('s3.events');
  let timer: Timer | undefined;
  let running = false;
  let stopped = false;
  let last = 0;

  const send = ({ target, bucket, body }: Delivery): Promise<void> =>
    env.deliver(
      target,
      { body, subject: 'Amazon S3 Notification' },
      env.asService('s3.amazonaws.com', bucketArn(bucket)),
    );

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
    setImmediate(() => void pump());
  };

  return {
    emit(bucket, event, key, version, call) {
      const configuration = bucket.notification;
      if (!configuration) return;
      for (const { arn, id, events, filter } of targetsOf(configuration)) {
        if (!events.some((pattern) => matchesEvent(pattern, event)) || !matchesKey(filter, key)) continue;
        last = Math.max(last + 1, env.clock.now() * 1000);
        const record = eventRecord(env, bucket, event, key, version, call, id, last);
        queue.put(last, {
          target: arn,
          bucket: bucket.name,
          body: JSON.stringify({ Records: [record] }),
          since: env.clock.now(),
          attempts: 0,
        });
        wake();
      }
    },
    async test(bucket, configuration) {
      for (const { kind, arn } of targetsOf(configuration))
        if (kind !== 'lambda')
          await send({
            target: arn,
            bucket: bucket.name,
            since: env.clock.now(),
            attempts: 0,
            body: JSON.stringify({
              Service: 'Amazon S3',
              Event: 's3:TestEvent',
              Time: new Date(env.clock.now()).toISOString(),
              Bucket: bucket.name,
              RequestId: env.randomId(16).toUpperCase(),
              HostId: env.randomId(32),
            }),
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

function eventRecord(
  env: ServiceEnvironment,
  bucket: BucketRecord,
  event: EventName,
  key: string,
  version: Version | undefined,
  call: Call | undefined,
  configurationId: string,
  sequence: number,
) {
  const stored = version && !version.deleteMarker ? version : undefined;
  return {
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: env.region,
    eventTime: new Date(env.clock.now()).toISOString(),
    eventName: event,
    userIdentity: { principalId: `AWS:${call?.caller.userId ?? call?.caller.arn ?? 's3.amazonaws.com'}` },
    requestParameters: { sourceIPAddress: call?.http?.sourceIp ?? 's3.amazonaws.com' },
    responseElements: { 'x-amz-request-id': call?.requestId ?? '', 'x-amz-id-2': '' },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId,
      bucket: {
        name: bucket.name,
        ownerIdentity: { principalId: ownerOf(env.accountId).ID },
        arn: bucketArn(bucket.name),
      },
      object: {
        key: encodeURIComponent(key).replace(/%20/g, '+').replace(/%2F/g, '/'),
        ...(stored ? { size: stored.size, eTag: stored.etag } : {}),
        ...(version && version.versionId !== 'null' ? { versionId: version.versionId } : {}),
        sequencer: sequence.toString(16).toUpperCase().padStart(18, '0'),
      },
    },
  };
}
