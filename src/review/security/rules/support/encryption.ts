/**
 * Who holds the key of what: per type the property that says it, and what holds without it. Sources: each service's
 * page on encryption at rest, read 2026-11; the default of the type is in `absent`.
 */

import type { Resolved } from '../../../../architecture/app/model.ts';
import {
  type Architecture,
  flagAt,
  inShort,
  isUnresolved,
  listAt,
  type Resource,
  resourceRef,
  storeKind,
  textAt,
  valueAt,
} from '../../../../architecture/index.ts';
import type { EncryptedStore } from '../../report.ts';

type Holder = EncryptedStore['key'];

interface EncryptionRow {
  /** The property with a key's id or ARN. */
  readonly key?: string;
  /** The switch that turns encryption on. Absent: it is always on. */
  readonly switch?: string;
  /** Who holds the key when it is on without a key being named. */
  readonly on: Holder;
  /** What holds when the switch is not in the template. */
  readonly absent: Holder;
  readonly kind?: string;
}

const row = (on: Holder, key?: string): EncryptionRow => ({
  on,
  absent: on,
  ...(key === undefined ? {} : { key }),
});
const off = (property: string, key: string | undefined, on: Holder, kind?: string): EncryptionRow => ({
  switch: property,
  on,
  absent: 'none',
  ...(key === undefined ? {} : { key }),
  ...(kind === undefined ? {} : { kind }),
});

const table: Readonly<Record<string, EncryptionRow>> = {
  // Since July 2023 SSE-SQS by default; https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-sqs-sse-queue.html
  'AWS::SQS::Queue': {
    key: 'KmsMasterKeyId',
    switch: 'SqsManagedSseEnabled',
    on: 'aws-owned',
    absent: 'aws-owned',
  },
  // Disk encryption without a key: https://docs.aws.amazon.com/sns/latest/dg/sns-data-encryption.html
  'AWS::SNS::Topic': row('aws-owned', 'KmsMasterKeyId'),
  'AWS::Logs::LogGroup': row('aws-owned', 'KmsKeyId'),
  'AWS::SecretsManager::Secret': row('aws-managed', 'KmsKeyId'),
  'AWS::Kinesis::Stream': { key: 'StreamEncryption.KeyId', on: 'none', absent: 'none' },
  'AWS::RDS::DBInstance': off('StorageEncrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::RDS::DBCluster': off('StorageEncrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::DocDB::DBCluster': off('StorageEncrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::Neptune::DBCluster': off('StorageEncrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::Redshift::Cluster': off('Encrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::EFS::FileSystem': off('Encrypted', 'KmsKeyId', 'aws-managed'),
  'AWS::EC2::Volume': off('Encrypted', 'KmsKeyId', 'aws-managed', 'volume'),
  'AWS::FSx::FileSystem': row('aws-managed', 'KmsKeyId'),
  'AWS::ElastiCache::ReplicationGroup': off('AtRestEncryptionEnabled', 'KmsKeyId', 'aws-managed'),
  'AWS::ElastiCache::ServerlessCache': row('aws-owned', 'KmsKeyId'),
  'AWS::OpenSearchService::Domain': off(
    'EncryptionAtRestOptions.Enabled',
    'EncryptionAtRestOptions.KmsKeyId',
    'aws-managed',
  ),
  'AWS::Elasticsearch::Domain': off(
    'EncryptionAtRestOptions.Enabled',
    'EncryptionAtRestOptions.KmsKeyId',
    'aws-managed',
  ),
  'AWS::ECR::Repository': row('aws-owned', 'EncryptionConfiguration.KmsKey'),
  'AWS::MSK::Cluster': row('aws-managed', 'EncryptionInfo.EncryptionAtRest.DataVolumeKMSKeyId'),
  'AWS::Backup::BackupVault': { ...row('aws-managed', 'EncryptionKeyArn'), kind: 'backup-vault' },
  'AWS::DynamoDB::Table': row('aws-owned', 'SSESpecification.KMSMasterKeyId'),
};

export const encryptedTypes: readonly string[] = [
  ...Object.keys(table),
  'AWS::S3::Bucket',
  'AWS::DynamoDB::GlobalTable',
];

const awsAlias = /(^|\/)alias\/aws\//;

function holderOfKey(value: Resolved | undefined): Holder {
  if (isUnresolved(value)) return 'unknown';
  return typeof value === 'string' && awsAlias.test(value) ? 'aws-managed' : 'customer';
}

function keyed(app: Architecture, resource: Resource, property: string, value: Resolved): EncryptedStore {
  const alias = app.namedIn(value)[0];
  const key = alias?.type === 'AWS::KMS::Alias' ? app.namedIn(alias.properties.TargetKeyId)[0] : alias;
  return {
    resource: resourceRef(resource),
    kind: storeKind(resource) ?? 'store',
    key: holderOfKey(value),
    ...(key === undefined ? {} : { keyResource: resourceRef(key) }),
    evidence: {
      at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`,
      shows: `${property.split('.').at(-1)}: ${inShort(value)}`,
    },
  };
}

function plain(
  resource: Resource,
  key: Holder,
  property: string,
  shows: string,
  kind?: string,
): EncryptedStore {
  return {
    resource: resourceRef(resource),
    kind: kind ?? storeKind(resource) ?? 'store',
    key,
    evidence: { at: `${resource.id}/Properties/${property.replaceAll('.', '/')}`, shows },
  };
}

function bucket(app: Architecture, resource: Resource): EncryptedStore {
  const base = 'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault';
  const algorithm = textAt(resource.properties, `${base}.SSEAlgorithm`);
  const key = valueAt(resource.properties, `${base}.KMSMasterKeyID`);
  if (isUnresolved(algorithm)) return plain(resource, 'unknown', base, 'not resolved');
  if (algorithm === undefined || algorithm === 'AES256')
    return plain(resource, 'aws-owned', base, `SSEAlgorithm: ${algorithm ?? 'absent, AES256 by default'}`);
  if (key !== undefined) return keyed(app, resource, `${base}.KMSMasterKeyID`, key);
  return plain(resource, 'aws-managed', base, `SSEAlgorithm: ${algorithm}`);
}

export function encryptionOf(app: Architecture, resource: Resource): EncryptedStore | undefined {
  if (resource.type === 'AWS::S3::Bucket') return bucket(app, resource);
  if (resource.type === 'AWS::DynamoDB::GlobalTable') {
    const replica = listAt(resource.properties, 'Replicas')
      .map((one) => valueAt(one, 'SSESpecification.KMSMasterKeyId'))
      .find((value) => value !== undefined);
    if (replica !== undefined)
      return keyed(app, resource, 'Replicas.0.SSESpecification.KMSMasterKeyId', replica);
    const isOn = flagAt(resource.properties, 'SSESpecification.SSEEnabled') === true;
    return plain(
      resource,
      isOn ? 'aws-managed' : 'aws-owned',
      'SSESpecification',
      isOn ? 'SSEEnabled: true' : 'the default',
    );
  }
  const found = table[resource.type];
  if (found === undefined) return undefined;
  if (resource.type === 'AWS::RDS::DBInstance' && resource.properties.DBClusterIdentifier !== undefined)
    return undefined;
  const key = found.key === undefined ? undefined : valueAt(resource.properties, found.key);
  if (key !== undefined && found.key !== undefined && key !== '')
    return {
      ...keyed(app, resource, found.key, key),
      ...(found.kind === undefined ? {} : { kind: found.kind }),
    };
  if (
    resource.type === 'AWS::DynamoDB::Table' &&
    flagAt(resource.properties, 'SSESpecification.SSEEnabled') === true
  )
    return plain(resource, 'aws-managed', 'SSESpecification.SSEEnabled', 'SSEEnabled: true');
  const property = found.switch;
  if (property === undefined) {
    const where = found.key ?? 'Type';
    return plain(resource, found.absent, where, `${where.split('.').at(-1)}: absent`, found.kind);
  }
  // Version 1 of Aurora Serverless is always encrypted.
  if (resource.type === 'AWS::RDS::DBCluster' && textAt(resource.properties, 'EngineMode') === 'serverless')
    return plain(resource, 'aws-managed', 'EngineMode', 'EngineMode: serverless', found.kind);
  const flag = flagAt(resource.properties, property);
  const restored = [
    'SnapshotIdentifier',
    'DBSnapshotIdentifier',
    'SourceDBInstanceIdentifier',
    'GlobalClusterIdentifier',
  ].some((name) => resource.properties[name] !== undefined);
  const holder: Holder =
    isUnresolved(flag) || (flag === undefined && restored)
      ? 'unknown'
      : flag === undefined
        ? found.absent
        : flag
          ? found.on
          : 'none';
  return plain(
    resource,
    holder,
    property,
    `${property.split('.').at(-1)}: ${flag === undefined ? 'absent' : isUnresolved(flag) ? 'not resolved' : String(flag)}`,
    found.kind,
  );
}

export const encryptionReport = (app: Architecture): EncryptedStore[] =>
  app.ofType(...encryptedTypes).flatMap((resource) => encryptionOf(app, resource) ?? []);
