/** A table as DescribeTable and its kin answer it. */
import type {
  GlobalSecondaryIndexDescription,
  IndexStatus,
  KeySchemaElement,
  TableDescription,
  TableStatus,
} from '@aws-sdk/client-dynamodb';
import type { IndexRecord, Keys, Throughput, Warm } from './storage/records.ts';
import type { Table } from './storage/table.ts';

const keySchema = ({ hash, range }: Keys): KeySchemaElement[] => [
  { AttributeName: hash, KeyType: 'HASH' },
  ...(range === undefined ? [] : [{ AttributeName: range, KeyType: 'RANGE' as const }]),
];

const throughput = ({ read, write }: Throughput) => ({
  NumberOfDecreasesToday: 0,
  ReadCapacityUnits: read,
  WriteCapacityUnits: write,
});

/**
 * What a table answers at once. One that was asked for nothing has what it pays for, or what every on-demand table has.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
function warmth(given: Warm | undefined, bought: Throughput | undefined, status: TableStatus) {
  if (status === 'CREATING')
    return given ? { WarmThroughput: { ...given, Status: 'UPDATING' as const } } : {};
  if (status === 'DELETING') return {};
  const { read, write } = bought?.read ? bought : { read: 12_000, write: 4000 };
  return {
    WarmThroughput: {
      ReadUnitsPerSecond: read,
      WriteUnitsPerSecond: write,
      ...given,
      Status: 'ACTIVE' as const,
    },
  };
}

export function describeTable(table: Table, status: TableStatus = 'ACTIVE'): TableDescription {
  const { record } = table;
  const counts = table.counts(record.slot);
  const global = record.indexes.filter((index) => index.kind === 'global');
  const local = record.indexes.filter((index) => index.kind === 'local');
  return {
    TableName: record.name,
    TableArn: record.arn,
    TableId: record.id,
    TableStatus: status,
    CreationDateTime: new Date(record.createdAt),
    AttributeDefinitions: Object.entries(record.attributes).map(([AttributeName, AttributeType]) => ({
      AttributeName,
      AttributeType,
    })),
    KeySchema: keySchema(record.keys),
    ItemCount: counts.items,
    TableSizeBytes: counts.bytes,
    ProvisionedThroughput: throughput(record.throughput),
    ...(record.payPerRequestSince === undefined
      ? {}
      : {
          BillingModeSummary: {
            BillingMode: record.billingMode,
            ...(status === 'CREATING'
              ? {}
              : { LastUpdateToPayPerRequestDateTime: new Date(record.payPerRequestSince) }),
          },
        }),
    ...(record.tableClass === 'STANDARD'
      ? {}
      : { TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' as const } }),
    ...(record.encryption
      ? {
          SSEDescription: {
            Status: 'ENABLED' as const,
            SSEType: 'KMS' as const,
            ...(record.encryption.key ? { KMSMasterKeyArn: record.encryption.key } : {}),
          },
        }
      : {}),
    ...(record.stream
      ? {
          StreamSpecification: { StreamEnabled: true, StreamViewType: record.stream.view },
          LatestStreamLabel: record.stream.label,
          LatestStreamArn: record.stream.arn,
        }
      : {}),
    DeletionProtectionEnabled: record.deletionProtection,
    ...(record.onDemand ? { OnDemandThroughput: record.onDemand } : {}),
    ...warmth(record.warm, record.throughput, status),
    ...(global.length > 0 && status !== 'DELETING'
      ? { GlobalSecondaryIndexes: global.map((index) => describeGlobal(table, index, status)) }
      : {}),
    ...(local.length > 0 && status !== 'DELETING'
      ? { LocalSecondaryIndexes: local.map((index) => describeIndex(table, index)) }
      : {}),
  };
}

function describeIndex(table: Table, index: IndexRecord) {
  const counts = table.counts(index.slot);
  return {
    IndexName: index.name,
    IndexArn: `${table.record.arn}/index/${index.name}`,
    KeySchema: keySchema(index.keys),
    Projection: {
      ProjectionType: index.projection,
      ...(index.projection === 'INCLUDE' ? { NonKeyAttributes: [...index.included] } : {}),
    },
    ItemCount: counts.items,
    IndexSizeBytes: counts.bytes,
  };
}

const describeGlobal = (
  table: Table,
  index: IndexRecord,
  status: TableStatus,
): GlobalSecondaryIndexDescription => ({
  ...describeIndex(table, index),
  IndexStatus: (status === 'CREATING' || status === 'DELETING' ? status : 'ACTIVE') satisfies IndexStatus,
  ProvisionedThroughput: throughput(index.throughput ?? { read: 0, write: 0 }),
  ...(index.onDemand ? { OnDemandThroughput: index.onDemand } : {}),
  ...warmth(index.warm, index.throughput, status),
});
