/** Each configuration property of AWS::S3::Bucket as the S3 call that sets it and the one that takes it away. */
import type { LifecycleRule, LifecycleRuleFilter, NotificationConfiguration } from '@aws-sdk/client-s3';
import type { Invoke } from '../../../service.ts';
import type {
  BucketProperties,
  LifecycleRuleProperty,
  NotificationFilterProperty,
} from './bucket-properties.ts';

type ConfigurationProperty = Exclude<
  keyof BucketProperties,
  'AccessControl' | 'BucketName' | 'ObjectLockEnabled' | 'Tags'
>;

interface Configuration {
  readonly property: ConfigurationProperty;
  put(invoke: Invoke, Bucket: string, properties: BucketProperties): Promise<unknown>;
  remove(invoke: Invoke, Bucket: string): Promise<unknown>;
}

/** Without the members that are undefined: absent and undefined differ for the checks of the API. */
const compact = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;

export const configurations: readonly Configuration[] = [
  {
    property: 'OwnershipControls',
    put: (invoke, Bucket, { OwnershipControls }) =>
      invoke('s3', 'PutBucketOwnershipControls', { Bucket, OwnershipControls }),
    remove: (invoke, Bucket) => invoke('s3', 'DeleteBucketOwnershipControls', { Bucket }),
  },
  {
    property: 'PublicAccessBlockConfiguration',
    put: (invoke, Bucket, { PublicAccessBlockConfiguration }) =>
      invoke('s3', 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration }),
    remove: (invoke, Bucket) => invoke('s3', 'DeletePublicAccessBlock', { Bucket }),
  },
  {
    property: 'VersioningConfiguration',
    put: (invoke, Bucket, { VersioningConfiguration }) =>
      invoke('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration }),
    // Versioning cannot be taken away, only suspended.
    remove: (invoke, Bucket) =>
      invoke('s3', 'PutBucketVersioning', { Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
  },
  {
    property: 'ObjectLockConfiguration',
    put: (invoke, Bucket, { ObjectLockConfiguration: p }) =>
      invoke('s3', 'PutObjectLockConfiguration', {
        Bucket,
        ObjectLockConfiguration: compact({
          ObjectLockEnabled: p?.ObjectLockEnabled ?? 'Enabled',
          Rule: p?.Rule,
        }),
      }),
    // A lock cannot be taken away, only its default retention.
    remove: (invoke, Bucket) =>
      invoke('s3', 'PutObjectLockConfiguration', {
        Bucket,
        ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' },
      }),
  },
  {
    property: 'BucketEncryption',
    put: (invoke, Bucket, { BucketEncryption: p }) =>
      invoke('s3', 'PutBucketEncryption', {
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: (p?.ServerSideEncryptionConfiguration ?? []).map((rule) =>
            compact({
              ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
              BucketKeyEnabled: rule.BucketKeyEnabled,
              BlockedEncryptionTypes: rule.BlockedEncryptionTypes,
            }),
          ),
        },
      }),
    remove: (invoke, Bucket) => invoke('s3', 'DeleteBucketEncryption', { Bucket }),
  },
  {
    property: 'CorsConfiguration',
    put: (invoke, Bucket, { CorsConfiguration: p }) =>
      invoke('s3', 'PutBucketCors', {
        Bucket,
        CORSConfiguration: {
          CORSRules: (p?.CorsRules ?? []).map((rule) =>
            compact({
              ID: rule.Id,
              AllowedHeaders: rule.AllowedHeaders,
              AllowedMethods: rule.AllowedMethods,
              AllowedOrigins: rule.AllowedOrigins,
              ExposeHeaders: rule.ExposedHeaders,
              MaxAgeSeconds: rule.MaxAge,
            }),
          ),
        },
      }),
    remove: (invoke, Bucket) => invoke('s3', 'DeleteBucketCors', { Bucket }),
  },
  {
    property: 'LifecycleConfiguration',
    put: (invoke, Bucket, { LifecycleConfiguration: p }) =>
      invoke('s3', 'PutBucketLifecycleConfiguration', {
        Bucket,
        TransitionDefaultMinimumObjectSize: p?.TransitionDefaultMinimumObjectSize,
        LifecycleConfiguration: { Rules: (p?.Rules ?? []).map(lifecycleRule) },
      }),
    remove: (invoke, Bucket) => invoke('s3', 'DeleteBucketLifecycle', { Bucket }),
  },
  {
    property: 'LoggingConfiguration',
    put: (invoke, Bucket, { LoggingConfiguration: p }) =>
      invoke('s3', 'PutBucketLogging', {
        Bucket,
        BucketLoggingStatus: {
          LoggingEnabled: compact({
            TargetBucket: p?.DestinationBucketName,
            TargetPrefix: p?.LogFilePrefix ?? '',
            TargetObjectKeyFormat: p?.TargetObjectKeyFormat,
          }),
        },
      }),
    remove: (invoke, Bucket) => invoke('s3', 'PutBucketLogging', { Bucket, BucketLoggingStatus: {} }),
  },
  {
    property: 'NotificationConfiguration',
    put: (invoke, Bucket, properties) =>
      invoke('s3', 'PutBucketNotificationConfiguration', {
        Bucket,
        NotificationConfiguration: notification(properties),
      }),
    remove: (invoke, Bucket) =>
      invoke('s3', 'PutBucketNotificationConfiguration', { Bucket, NotificationConfiguration: {} }),
  },
];

function lifecycleRule(rule: LifecycleRuleProperty): LifecycleRule {
  const tags = rule.TagFilters ?? [];
  const filters = compact({
    Prefix: rule.Prefix,
    ObjectSizeGreaterThan: rule.ObjectSizeGreaterThan,
    ObjectSizeLessThan: rule.ObjectSizeLessThan,
  });
  const [tag] = tags;
  const filter: LifecycleRuleFilter =
    tags.length + Object.keys(filters).length > 1
      ? { And: { ...filters, ...(tags.length > 0 ? { Tags: tags } : {}) } }
      : tag
        ? { Tag: tag }
        : { ...filters, Prefix: filters.Prefix ?? '' };
  const expiration = compact({
    Days: rule.ExpirationInDays,
    Date: rule.ExpirationDate === undefined ? undefined : new Date(rule.ExpirationDate),
    ExpiredObjectDeleteMarker: rule.ExpiredObjectDeleteMarker,
  });
  const transitions = [...(rule.Transitions ?? []), ...(rule.Transition ? [rule.Transition] : [])];
  const older = [
    ...(rule.NoncurrentVersionTransitions ?? []),
    ...(rule.NoncurrentVersionTransition ? [rule.NoncurrentVersionTransition] : []),
  ];
  const noncurrent =
    rule.NoncurrentVersionExpiration ??
    (rule.NoncurrentVersionExpirationInDays === undefined
      ? undefined
      : { NoncurrentDays: rule.NoncurrentVersionExpirationInDays });
  return compact({
    ID: rule.Id,
    Status: rule.Status,
    Filter: filter,
    Expiration: Object.keys(expiration).length > 0 ? expiration : undefined,
    Transitions: transitions.map((one) =>
      compact({
        StorageClass: one.StorageClass,
        Days: one.TransitionInDays,
        Date: one.TransitionDate === undefined ? undefined : new Date(one.TransitionDate),
      }),
    ),
    NoncurrentVersionTransitions: older.map((one) =>
      compact({
        StorageClass: one.StorageClass,
        NoncurrentDays: one.TransitionInDays,
        NewerNoncurrentVersions: one.NewerNoncurrentVersions,
      }),
    ),
    NoncurrentVersionExpiration: noncurrent
      ? compact({
          NoncurrentDays: noncurrent.NoncurrentDays,
          NewerNoncurrentVersions:
            'NewerNoncurrentVersions' in noncurrent ? noncurrent.NewerNoncurrentVersions : undefined,
        })
      : undefined,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload
      ? { DaysAfterInitiation: rule.AbortIncompleteMultipartUpload.DaysAfterInitiation }
      : undefined,
  });
}

function notification({ NotificationConfiguration: p }: BucketProperties): NotificationConfiguration {
  const filter = (given: NotificationFilterProperty | undefined) =>
    given ? { Filter: { Key: { FilterRules: given.S3Key.Rules } } } : {};
  return compact({
    QueueConfigurations: p?.QueueConfigurations?.map((one) => ({
      QueueArn: one.Queue,
      Events: [one.Event],
      ...filter(one.Filter),
    })),
    LambdaFunctionConfigurations: p?.LambdaConfigurations?.map((one) => ({
      LambdaFunctionArn: one.Function,
      Events: [one.Event],
      ...filter(one.Filter),
    })),
    TopicConfigurations: p?.TopicConfigurations?.map((one) => ({
      TopicArn: one.Topic,
      Events: [one.Event],
      ...filter(one.Filter),
    })),
    EventBridgeConfiguration: p?.EventBridgeConfiguration?.EventBridgeEnabled === true ? {} : undefined,
  });
}
