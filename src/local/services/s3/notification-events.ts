/** What S3 says of a change of an object: to queues, topics and functions, and, in another form, to EventBridge. */
import type { Call, Message, ServiceEnvironment } from '../../service.ts';
import { bucketArn } from './arn.ts';
import type { BucketRecord } from './buckets.ts';
import { storageClassOf, type Version } from './objects.ts';
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

interface ObjectEvent {
  readonly bucket: BucketRecord;
  readonly event: EventName;
  readonly key: string;
  /** As it is after the change. */
  readonly version: Version | undefined;
  /** The request that made the change; undefined when a lifecycle rule did. */
  readonly call: Call | undefined;
  readonly sequence: number;
}

const sequencer = (sequence: number) => sequence.toString(16).toUpperCase().padStart(18, '0');

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
export function notificationMessage(
  env: ServiceEnvironment,
  { bucket, event, key, version, call, sequence }: ObjectEvent,
  configurationId: string,
): Message {
  const stored = version && !version.deleteMarker ? version : undefined;
  const record = {
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
        sequencer: sequencer(sequence),
      },
    },
  };
  return { body: JSON.stringify({ Records: [record] }), subject: 'Amazon S3 Notification' };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html */
const detailTypes: Readonly<Record<EventName, string>> = {
  'ObjectCreated:Put': 'Object Created',
  'ObjectCreated:Copy': 'Object Created',
  'ObjectCreated:CompleteMultipartUpload': 'Object Created',
  'ObjectRemoved:Delete': 'Object Deleted',
  'ObjectRemoved:DeleteMarkerCreated': 'Object Deleted',
  'ObjectTagging:Put': 'Object Tags Added',
  'ObjectTagging:Delete': 'Object Tags Deleted',
  'LifecycleExpiration:Delete': 'Object Deleted',
  'LifecycleExpiration:DeleteMarkerCreated': 'Object Deleted',
  LifecycleTransition: 'Object Storage Class Changed',
};

const deleted = { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted' };
const marked = { reason: 'DeleteObject', 'deletion-type': 'Delete Marker Created' };

const reasons: Readonly<Partial<Record<EventName, object>>> = {
  'ObjectCreated:Put': { reason: 'PutObject' },
  'ObjectCreated:Copy': { reason: 'CopyObject' },
  'ObjectCreated:CompleteMultipartUpload': { reason: 'CompleteMultipartUpload' },
  'ObjectRemoved:Delete': deleted,
  'ObjectRemoved:DeleteMarkerCreated': marked,
  'LifecycleExpiration:Delete': { ...deleted, reason: 'Lifecycle Expiration' },
  'LifecycleExpiration:DeleteMarkerCreated': { ...marked, reason: 'Lifecycle Expiration' },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
export function eventBridgeMessage(
  env: ServiceEnvironment,
  { bucket, event, key, version, call, sequence }: ObjectEvent,
): Message {
  const stored = version && !version.deleteMarker ? version : undefined;
  const detail = {
    version: '0',
    bucket: { name: bucket.name },
    object: {
      key,
      ...(stored ? { size: stored.size, etag: stored.etag } : {}),
      ...(version && version.versionId !== 'null' ? { 'version-id': version.versionId } : {}),
      sequencer: sequencer(sequence),
    },
    'request-id': call?.requestId ?? env.randomId(16).toUpperCase(),
    requester: call ? (call.caller.service ?? call.caller.accountId) : 's3.amazonaws.com',
    ...(call?.http ? { 'source-ip-address': call.http.sourceIp } : {}),
    ...reasons[event],
    ...(event === 'LifecycleTransition' && stored
      ? { 'destination-storage-class': storageClassOf(stored) }
      : {}),
  };
  return {
    body: JSON.stringify(detail),
    event: { source: 'aws.s3', detailType: detailTypes[event], resources: [bucketArn(bucket.name)] },
  };
}
