/** Each configuration property of AWS::S3::Bucket as the S3 call that sets it and the one that takes it away. */
import type { BucketProperties, Flag, LifecycleRuleProperty, Num } from './bucket-properties.ts';

type ConfigurationProperty = Exclude<keyof BucketProperties, 'AccessControl' | 'BucketName' | 'Tags'>;

export interface Configuration {
  readonly property: ConfigurationProperty;
  readonly put: { readonly operation: string; input(properties: BucketProperties): object };
  readonly remove: { readonly operation: string; readonly input?: object };
}

const flag = (value: Flag | undefined) => (value === undefined ? undefined : String(value) === 'true');
const num = (value: Num | undefined) => (value === undefined ? undefined : Number(value));

/** Without the members that are undefined: absent and undefined differ for the checks of the API. */
const compact = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Partial<T>;

export const configurations: readonly Configuration[] = [
  {
    property: 'OwnershipControls',
    put: {
      operation: 'PutBucketOwnershipControls',
      input: ({ OwnershipControls }) => ({ OwnershipControls }),
    },
    remove: { operation: 'DeleteBucketOwnershipControls' },
  },
  {
    property: 'PublicAccessBlockConfiguration',
    put: {
      operation: 'PutPublicAccessBlock',
      input: ({ PublicAccessBlockConfiguration: p }) => ({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: flag(p?.BlockPublicAcls),
          BlockPublicPolicy: flag(p?.BlockPublicPolicy),
          IgnorePublicAcls: flag(p?.IgnorePublicAcls),
          RestrictPublicBuckets: flag(p?.RestrictPublicBuckets),
        },
      }),
    },
    remove: { operation: 'DeletePublicAccessBlock' },
  },
  {
    property: 'VersioningConfiguration',
    put: {
      operation: 'PutBucketVersioning',
      input: ({ VersioningConfiguration }) => ({ VersioningConfiguration }),
    },
    // Versioning cannot be taken away, only suspended.
    remove: {
      operation: 'PutBucketVersioning',
      input: { VersioningConfiguration: { Status: 'Suspended' } },
    },
  },
  {
    property: 'BucketEncryption',
    put: {
      operation: 'PutBucketEncryption',
      input: ({ BucketEncryption: p }) => ({
        ServerSideEncryptionConfiguration: {
          Rules: (p?.ServerSideEncryptionConfiguration ?? []).map((rule) =>
            compact({
              ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
              BucketKeyEnabled: flag(rule.BucketKeyEnabled),
              BlockedEncryptionTypes: rule.BlockedEncryptionTypes,
            }),
          ),
        },
      }),
    },
    remove: { operation: 'DeleteBucketEncryption' },
  },
  {
    property: 'CorsConfiguration',
    put: {
      operation: 'PutBucketCors',
      input: ({ CorsConfiguration: p }) => ({
        CORSConfiguration: {
          CORSRules: (p?.CorsRules ?? []).map((rule) =>
            compact({
              ID: rule.Id,
              AllowedHeaders: rule.AllowedHeaders,
              AllowedMethods: rule.AllowedMethods,
              AllowedOrigins: rule.AllowedOrigins,
              ExposeHeaders: rule.ExposedHeaders,
              MaxAgeSeconds: num(rule.MaxAge),
            }),
          ),
        },
      }),
    },
    remove: { operation: 'DeleteBucketCors' },
  },
  {
    property: 'LifecycleConfiguration',
    put: {
      operation: 'PutBucketLifecycleConfiguration',
      input: ({ LifecycleConfiguration: p }) =>
        compact({
          TransitionDefaultMinimumObjectSize: p?.TransitionDefaultMinimumObjectSize,
          LifecycleConfiguration: { Rules: (p?.Rules ?? []).map(lifecycleRule) },
        }),
    },
    remove: { operation: 'DeleteBucketLifecycle' },
  },
  {
    property: 'LoggingConfiguration',
    put: {
      operation: 'PutBucketLogging',
      input: ({ LoggingConfiguration: p }) => ({
        BucketLoggingStatus: {
          LoggingEnabled: compact({
            TargetBucket: p?.DestinationBucketName,
            TargetPrefix: p?.LogFilePrefix ?? '',
            TargetObjectKeyFormat: p?.TargetObjectKeyFormat,
          }),
        },
      }),
    },
    remove: { operation: 'PutBucketLogging', input: { BucketLoggingStatus: {} } },
  },
  {
    property: 'NotificationConfiguration',
    put: { operation: 'PutBucketNotificationConfiguration', input: notification },
    remove: { operation: 'PutBucketNotificationConfiguration', input: { NotificationConfiguration: {} } },
  },
];

function lifecycleRule(rule: LifecycleRuleProperty): object {
  const tags = rule.TagFilters ?? [];
  const filters = compact({
    Prefix: rule.Prefix,
    ObjectSizeGreaterThan: num(rule.ObjectSizeGreaterThan),
    ObjectSizeLessThan: num(rule.ObjectSizeLessThan),
  });
  const [tag] = tags;
  const filter =
    tags.length + Object.keys(filters).length > 1
      ? { And: { ...filters, ...(tags.length > 0 ? { Tags: tags } : {}) } }
      : tag
        ? { Tag: tag }
        : { Prefix: '', ...filters };
  const expiration = compact({
    Days: num(rule.ExpirationInDays),
    Date: rule.ExpirationDate === undefined ? undefined : new Date(rule.ExpirationDate),
    ExpiredObjectDeleteMarker: flag(rule.ExpiredObjectDeleteMarker),
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
        Days: num(one.TransitionInDays),
        Date: one.TransitionDate === undefined ? undefined : new Date(one.TransitionDate),
      }),
    ),
    NoncurrentVersionTransitions: older.map((one) =>
      compact({
        StorageClass: one.StorageClass,
        NoncurrentDays: num(one.TransitionInDays),
        NewerNoncurrentVersions: num(one.NewerNoncurrentVersions),
      }),
    ),
    NoncurrentVersionExpiration: noncurrent
      ? compact({
          NoncurrentDays: num(noncurrent.NoncurrentDays),
          NewerNoncurrentVersions:
            'NewerNoncurrentVersions' in noncurrent ? num(noncurrent.NewerNoncurrentVersions) : undefined,
        })
      : undefined,
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload
      ? { DaysAfterInitiation: num(rule.AbortIncompleteMultipartUpload.DaysAfterInitiation) }
      : undefined,
  });
}

function notification({ NotificationConfiguration: p }: BucketProperties): object {
  type Filter = { readonly S3Key: { readonly Rules: readonly object[] } } | undefined;
  const filter = (given: Filter) => (given ? { Filter: { Key: { FilterRules: given.S3Key.Rules } } } : {});
  return {
    NotificationConfiguration: compact({
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
      EventBridgeConfiguration:
        flag(p?.EventBridgeConfiguration?.EventBridgeEnabled) === true ? {} : undefined,
    }),
  };
}
