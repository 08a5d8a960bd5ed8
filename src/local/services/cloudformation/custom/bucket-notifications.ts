/**
 * `bucket.addEventNotification`: sets a bucket's notifications after the functions, queues and topics they go to were
 * made and permitted.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#addwbreventwbrnotificationevent-dest-filters
 */
import { createHash } from 'node:crypto';
import type { NotificationConfiguration } from '@aws-sdk/client-s3';
import { isObject } from '../../../../core/is-object.ts';
import type { NativeCustomResource, NativeRequest } from './native.ts';

const kinds = ['TopicConfigurations', 'QueueConfigurations', 'LambdaFunctionConfigurations'] as const;
type Entry = Readonly<Record<string, unknown>>;

export const bucketNotifications: NativeCustomResource = {
  type: 'Custom::S3BucketNotifications',
  mode: 'live',
  async createOrUpdate(request) {
    const { properties, previous, physicalId, logicalId } = request;
    const wanted = configurationIn(properties);
    const old = previous && previous.BucketName === properties.BucketName ? previous : undefined;
    await put(request, isManaged(properties) ? wanted : await besideOthers(request, wanted, old));
    return { physicalId: physicalId ?? logicalId, data: {} };
  },
  async delete(request) {
    await put(request, isManaged(request.properties) ? {} : await besideOthers(request, {}, undefined));
  },
};

const isManaged = ({ Managed }: Entry): boolean => String(Managed ?? true).toLowerCase() === 'true';

const configurationIn = ({ NotificationConfiguration: given }: Entry): Entry =>
  isObject(given) ? given : {};

const entriesOf = (configuration: object, kind: (typeof kinds)[number]): Entry[] => {
  const list: unknown = (configuration as Entry)[kind];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

async function put({ invoke, properties }: NativeRequest, configuration: object): Promise<void> {
  await invoke('s3', 'PutBucketNotificationConfiguration', {
    Bucket: String(properties.BucketName ?? ''),
    NotificationConfiguration: configuration as NotificationConfiguration,
    SkipDestinationValidation: String(properties.SkipDestinationValidation).toLowerCase() === 'true',
  });
}

/** Of a bucket that the app imported: what others set on it stays. */
async function besideOthers(
  { invoke, properties, stackId }: NativeRequest,
  wanted: Entry,
  previous: Entry | undefined,
): Promise<object> {
  const existing = await invoke('s3', 'GetBucketNotificationConfiguration', {
    Bucket: String(properties.BucketName ?? ''),
  });
  const ours = `${stackId}-`;
  const deleting = Object.keys(wanted).length === 0 && previous === undefined;
  const before = previous ? configurationIn(previous) : {};
  const bridge = wanted.EventBridgeConfiguration ?? existing.EventBridgeConfiguration;
  const lists = kinds.map((kind) => {
    const replaced = new Set(entriesOf(before, kind).map((entry) => idOf(entry, ours)));
    const kept = entriesOf(existing, kind).filter(({ Id }) => {
      const id = String(Id);
      return deleting ? !id.startsWith(ours) : !replaced.has(id);
    });
    const added = entriesOf(wanted, kind).map((entry) => ({ ...entry, Id: idOf(entry, ours) }));
    return [kind, [...kept, ...added]];
  });
  return { ...Object.fromEntries(lists), ...(bridge ? { EventBridgeConfiguration: {} } : {}) };
}

/** The same for an entry of a template and for the one that S3 answers: without order, and rules by lower-case name. */
function idOf({ Id: _, Filter: filter, ...entry }: Entry, prefix: string): string {
  const key = isObject(filter) && isObject(filter.Key) ? filter.Key : {};
  const rules = (Array.isArray(key.FilterRules) ? key.FilterRules : [])
    .filter(isObject)
    .map(({ Name, Value }) => `${String(Name).toLowerCase()}=${String(Value)}`);
  const parts = [
    ...Object.values(entry)
      .map((value) => String(value))
      .sort(),
    ...rules.sort(),
  ];
  return prefix + createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16);
}
