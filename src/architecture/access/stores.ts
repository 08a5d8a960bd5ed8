/** Where data lies: the types, the actions that the review asks about, and the ARNs to ask with. One row per type. */

import type { Resource } from '../app/model.ts';

export type StoreKind =
  | 'bucket'
  | 'table'
  | 'queue'
  | 'topic'
  | 'stream'
  | 'secret'
  | 'parameter'
  | 'key'
  | 'database'
  | 'cache'
  | 'search'
  | 'file-system'
  | 'log-group'
  | 'repository'
  | 'event-bus';

export type AccessLevel = 'read' | 'write' | 'admin';

export interface StoreAction {
  readonly action: string;
  readonly level: AccessLevel;
  /** After the store's own ARN; what an action on its parts is asked with. */
  readonly part?: string;
}

interface StoreRow {
  readonly kind: StoreKind;
  readonly actions: readonly StoreAction[];
}

const actions = (
  level: AccessLevel,
  part: string | undefined,
  ...names: readonly string[]
): readonly StoreAction[] =>
  names.map((action) => ({ action, level, ...(part === undefined ? {} : { part }) }));

const bucket: StoreRow = {
  kind: 'bucket',
  actions: [
    ...actions('read', '/{any}', 's3:GetObject'),
    ...actions('read', undefined, 's3:ListBucket'),
    ...actions('write', '/{any}', 's3:PutObject', 's3:DeleteObject'),
    ...actions('admin', undefined, 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 's3:DeleteBucket'),
  ],
};

const table: StoreRow = {
  kind: 'table',
  actions: [
    ...actions('read', undefined, 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'),
    ...actions('read', undefined, 'dynamodb:Scan'),
    ...actions('read', '/stream/{any}', 'dynamodb:GetRecords'),
    ...actions('write', undefined, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'),
    ...actions('write', undefined, 'dynamodb:BatchWriteItem'),
    ...actions('admin', undefined, 'dynamodb:UpdateTable', 'dynamodb:DeleteTable'),
  ],
};

const database: StoreRow = {
  kind: 'database',
  actions: [
    ...actions('read', undefined, 'rds-data:ExecuteStatement', 'neptune-db:ReadDataViaQuery'),
    ...actions('write', undefined, 'rds-data:ExecuteStatement', 'neptune-db:WriteDataViaQuery'),
    ...actions('admin', undefined, 'rds:ModifyDBCluster', 'rds:DeleteDBCluster'),
    ...actions('admin', undefined, 'rds:ModifyDBInstance', 'rds:DeleteDBInstance'),
  ],
};

const cache: StoreRow = {
  kind: 'cache',
  actions: [
    ...actions('read', undefined, 'elasticache:Connect'),
    ...actions('write', undefined, 'elasticache:Connect'),
    ...actions('admin', undefined, 'elasticache:DeleteReplicationGroup', 'elasticache:DeleteCacheCluster'),
  ],
};

const search: StoreRow = {
  kind: 'search',
  actions: [
    ...actions('read', '/{any}', 'es:ESHttpGet'),
    ...actions('write', '/{any}', 'es:ESHttpPost', 'es:ESHttpPut', 'es:ESHttpDelete'),
    ...actions('admin', undefined, 'es:UpdateDomainConfig', 'es:DeleteDomain'),
  ],
};

const rows: Readonly<Record<string, StoreRow>> = {
  'AWS::S3::Bucket': bucket,
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
  'AWS::SQS::Queue': {
    kind: 'queue',
    // Deleting needs the handle that receiving gives: together they consume.
    actions: [
      ...actions('read', undefined, 'sqs:ReceiveMessage', 'sqs:DeleteMessage'),
      ...actions('write', undefined, 'sqs:SendMessage'),
      ...actions('admin', undefined, 'sqs:PurgeQueue', 'sqs:SetQueueAttributes', 'sqs:DeleteQueue'),
    ],
  },
  'AWS::SNS::Topic': {
    kind: 'topic',
    actions: [
      ...actions('read', undefined, 'sns:Subscribe'),
      ...actions('write', undefined, 'sns:Publish'),
      ...actions('admin', undefined, 'sns:SetTopicAttributes', 'sns:AddPermission', 'sns:DeleteTopic'),
    ],
  },
  'AWS::Kinesis::Stream': {
    kind: 'stream',
    actions: [
      ...actions('read', undefined, 'kinesis:GetRecords'),
      ...actions('write', undefined, 'kinesis:PutRecord', 'kinesis:PutRecords'),
      ...actions('admin', undefined, 'kinesis:DeleteStream'),
    ],
  },
  'AWS::KinesisFirehose::DeliveryStream': {
    kind: 'stream',
    actions: [
      ...actions('write', undefined, 'firehose:PutRecord', 'firehose:PutRecordBatch'),
      ...actions('admin', undefined, 'firehose:UpdateDestination', 'firehose:DeleteDeliveryStream'),
    ],
  },
  'AWS::SecretsManager::Secret': {
    kind: 'secret',
    actions: [
      ...actions('read', undefined, 'secretsmanager:GetSecretValue'),
      ...actions('write', undefined, 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecret'),
      ...actions('admin', undefined, 'secretsmanager:PutResourcePolicy', 'secretsmanager:DeleteSecret'),
    ],
  },
  'AWS::SSM::Parameter': {
    kind: 'parameter',
    actions: [
      ...actions('read', undefined, 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'),
      ...actions('write', undefined, 'ssm:PutParameter'),
      ...actions('admin', undefined, 'ssm:DeleteParameter'),
    ],
  },
  'AWS::KMS::Key': {
    kind: 'key',
    actions: [
      ...actions('read', undefined, 'kms:Decrypt'),
      ...actions('write', undefined, 'kms:Encrypt', 'kms:GenerateDataKey'),
      ...actions('admin', undefined, 'kms:PutKeyPolicy', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'),
    ],
  },
  'AWS::RDS::DBCluster': database,
  'AWS::RDS::DBInstance': database,
  'AWS::Neptune::DBCluster': database,
  'AWS::DocDB::DBCluster': database,
  'AWS::Redshift::Cluster': database,
  'AWS::ElastiCache::ReplicationGroup': cache,
  'AWS::ElastiCache::CacheCluster': cache,
  'AWS::ElastiCache::ServerlessCache': cache,
  'AWS::OpenSearchService::Domain': search,
  'AWS::Elasticsearch::Domain': search,
  'AWS::OpenSearchServerless::Collection': {
    kind: 'search',
    actions: [
      ...actions('read', undefined, 'aoss:APIAccessAll'),
      ...actions('write', undefined, 'aoss:APIAccessAll'),
      ...actions('admin', undefined, 'aoss:DeleteCollection'),
    ],
  },
  'AWS::EFS::FileSystem': {
    kind: 'file-system',
    actions: [
      ...actions('read', undefined, 'elasticfilesystem:ClientMount'),
      ...actions('write', undefined, 'elasticfilesystem:ClientWrite'),
      ...actions('admin', undefined, 'elasticfilesystem:DeleteFileSystem'),
    ],
  },
  'AWS::Logs::LogGroup': {
    kind: 'log-group',
    actions: [
      ...actions('read', undefined, 'logs:GetLogEvents', 'logs:FilterLogEvents', 'logs:StartQuery'),
      ...actions('write', 'log-stream:{any}', 'logs:PutLogEvents'),
      ...actions('admin', undefined, 'logs:DeleteLogGroup'),
    ],
  },
  'AWS::ECR::Repository': {
    kind: 'repository',
    actions: [
      ...actions('read', undefined, 'ecr:BatchGetImage'),
      ...actions('write', undefined, 'ecr:PutImage', 'ecr:BatchDeleteImage'),
      ...actions('admin', undefined, 'ecr:SetRepositoryPolicy', 'ecr:DeleteRepository'),
    ],
  },
  'AWS::Events::EventBus': {
    kind: 'event-bus',
    actions: [
      ...actions('write', undefined, 'events:PutEvents'),
      ...actions('admin', undefined, 'events:PutPermission', 'events:DeleteEventBus'),
    ],
  },
};

export const storeKind = (resource: Resource): StoreKind | undefined => rows[resource.type]?.kind;
export const storeActions = (resource: Resource): readonly StoreAction[] =>
  rows[resource.type]?.actions ?? [];
export const storeTypes: readonly string[] = Object.keys(rows);
