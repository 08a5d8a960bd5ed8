/** Amazon DynamoDB: https://aws.amazon.com/dynamodb/pricing/ */
import { free, priceFile, rowsOf, source } from './author.ts';

const page = source(
  'https://aws.amazon.com/dynamodb/pricing/ , as quoted by public projects',
  '2026-08-08',
  'aws-derived',
);
const file = source(priceFile('dynamodb/USD/current/dynamodb.json'), '2025-08-28', 'aws');
const row = rowsOf('Amazon DynamoDB', 'AmazonDynamoDB');
const always25 = (...shared: readonly string[]) => free('always', 18_250, page, shared);

export const dynamodb = [
  row({
    id: 'dynamodb.on-demand.writes',
    what: 'On-demand write request units',
    unit: 'WRU',
    per: 1_000_000,
    regions: file.flat('0.625 0.625 0.625 0.705 0.7625 0.71'),
    list: { group: 'DDB-WriteUnits', operation: 'PayPerRequestThroughput' },
  }),
  row({
    id: 'dynamodb.on-demand.reads',
    what: 'On-demand read request units',
    unit: 'RRU',
    per: 1_000_000,
    regions: file.flat('0.125 0.125 0.125 0.1415 0.1525 0.1425'),
    list: { group: 'DDB-ReadUnits', operation: 'PayPerRequestThroughput' },
  }),
  row({
    id: 'dynamodb.on-demand.replicated-writes',
    what: 'Replicated write request units (global tables)',
    unit: 'rWRU',
    per: 1_000_000,
    regions: file.flat('0.625 0.625 0.625 0.705 0.7625 0.71'),
    list: { group: 'DDB-ReplicatedWriteUnits', operation: 'PayPerRequestThroughput' },
  }),
  row({
    id: 'dynamodb.on-demand.writes.ia',
    what: 'On-demand write request units (Standard-IA)',
    unit: 'WRU',
    per: 1_000_000,
    regions: file.flat('0.78 0.78 0.78 0.885 0.955 0.89'),
  }),
  row({
    id: 'dynamodb.on-demand.reads.ia',
    what: 'On-demand read request units (Standard-IA)',
    unit: 'RRU',
    per: 1_000_000,
    regions: file.flat('0.155 0.155 0.155 0.177 0.1905 0.178'),
  }),
  row({
    id: 'dynamodb.provisioned.writes',
    what: 'Provisioned write capacity',
    unit: 'WCU-hour',
    regions: file.flat('0.00065 0.00065 0.00065 0.000735 0.000793 0.00074'),
    free: always25(),
    list: { group: 'DDB-WriteUnits', operation: 'CommittedThroughput' },
    note: '25 units free for every account: 25 x 730 hours',
  }),
  row({
    id: 'dynamodb.provisioned.reads',
    what: 'Provisioned read capacity',
    unit: 'RCU-hour',
    regions: file.flat('0.00013 0.00013 0.00013 0.000147 0.0001586 0.000148'),
    free: always25(),
    list: { group: 'DDB-ReadUnits', operation: 'CommittedThroughput' },
    note: '25 units free for every account: 25 x 730 hours',
  }),
  row({
    id: 'dynamodb.provisioned.replicated-writes',
    what: 'Provisioned replicated write capacity',
    unit: 'rWCU-hour',
    regions: file.flat('0.00065 0.00065 0.00065 0.000735 0.000793 0.00074'),
    list: { group: 'DDB-ReplicatedWriteUnits', operation: 'CommittedThroughput' },
  }),
  row({
    id: 'dynamodb.storage',
    what: 'Table storage',
    unit: 'GB-month',
    regions: file.flat('0.25 0.25 0.25 0.283 0.306 0.285'),
    free: free('always', 25, page),
    list: { usagetype: 'TimedStorage-ByteHrs' },
  }),
  row({
    id: 'dynamodb.storage.ia',
    what: 'Table storage (Standard-IA)',
    unit: 'GB-month',
    regions: file.flat('0.1 0.1 0.1 0.1132 0.1224 0.114'),
    list: { usagetype: 'IA-TimedStorage-ByteHrs' },
  }),
  row({
    id: 'dynamodb.pitr',
    what: 'Point-in-time recovery storage',
    unit: 'GB-month',
    regions: file.flat('0.2 0.2 0.2 0.22 0.2448 0.228'),
    list: { usagetype: 'TimedPITRStorage-ByteHrs' },
  }),
  row({
    id: 'dynamodb.backup',
    what: 'On-demand backup storage',
    unit: 'GB-month',
    regions: file.flat('0.1 0.1 0.1 0.11 0.1224 0.114'),
    list: { usagetype: 'TimedBackupStorage-ByteHrs' },
  }),
  row({
    id: 'dynamodb.restore',
    what: 'Restored data',
    unit: 'GB',
    regions: file.flat('0.15 0.15 0.15 0.17 0.1836 0.171'),
    list: { usagetype: 'RestoreDataSize-Bytes' },
  }),
  row({
    id: 'dynamodb.export',
    what: 'Exports to S3',
    unit: 'GB',
    regions: file.flat('0.1 0.1 0.1 0.11 0.1224 0.114'),
    list: { usagetype: 'ExportDataSize-Bytes' },
  }),
  row({
    id: 'dynamodb.import',
    what: 'Imports from S3',
    unit: 'GB',
    regions: file.flat('0.15 0.15 0.15 0.17 0.1836 0.171'),
    list: { usagetype: 'ImportDataSize-Bytes' },
  }),
  row({
    id: 'dynamodb.streams.reads',
    what: 'Streams read requests',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.2 0.2 0.2 0.226 0.245 0.228'),
    free: free('always', 2_500_000, page),
    list: { group: 'DDB-StreamsReadRequests' },
    note: 'reads by Lambda triggers are free',
  }),
  row({
    id: 'dynamodb.kinesis-cdc',
    what: 'Change data capture to Kinesis',
    unit: 'unit',
    per: 1_000_000,
    regions: file.flat('0.1 0.1 0.1 0.1131 0.122 0.1139'),
  }),
];
