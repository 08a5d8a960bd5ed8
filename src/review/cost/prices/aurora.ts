/** Amazon Aurora: https://aws.amazon.com/rds/aurora/pricing/ . Storage is billed once, whatever the number of instances. */
import { recorded, rowsOf, source } from './author.ts';
import type { PriceRow } from './model.ts';

const instance = source(recorded('rds_cluster_instance'), '2025-03-05', 'aws-derived');
const cluster = source(recorded('rds_cluster'), '2024-07-01', 'aws-derived');
const memory = source('https://aws.amazon.com/rds/aurora/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon Aurora', 'AmazonRDS');

const provisioned: readonly (readonly [type: string, usd: string, from: typeof instance])[] = [
  ['db.t3.medium', '0.082', instance],
  ['db.t3.large', '0.164', instance],
  ['db.t4g.medium', '0.073', memory],
  ['db.t4g.large', '0.146', memory],
  ['db.r5.large', '0.29', memory],
  ['db.r6g.large', '0.26', memory],
  ['db.r6g.xlarge', '0.519', memory],
  ['db.r6g.2xlarge', '1.038', memory],
];

export const aurora: readonly PriceRow[] = [
  row({
    id: 'aurora.serverless-v2',
    what: 'Serverless v2 capacity',
    unit: 'ACU-hour',
    regions: instance.only('us-east-1', '0.12'),
    list: { usagetype: 'Aurora:ServerlessV2Usage', databaseEngine: 'Aurora PostgreSQL' },
  }),
  row({
    id: 'aurora.serverless-v2.io-optimized',
    what: 'Serverless v2 capacity (I/O-Optimized)',
    unit: 'ACU-hour',
    regions: memory.only('us-east-1', '0.156'),
    list: { usagetype: 'Aurora:ServerlessV2IOOptimizedUsage', databaseEngine: 'Aurora PostgreSQL' },
    note: 'Infracost shows 0.16, rounded',
  }),
  ...provisioned.map(([type, usd, from]) =>
    row({
      id: `aurora.${type}`,
      what: `${type}, Standard`,
      unit: 'hour',
      scope: 'resource',
      regions: from.only('us-east-1', usd),
      list: { instanceType: type, databaseEngine: 'Aurora PostgreSQL', storage: 'EBS Only' },
    }),
  ),
  row({
    id: 'aurora.storage',
    what: 'Storage (Standard)',
    unit: 'GB-month',
    regions: cluster.only('us-east-1', '0.10'),
    list: { usagetype: 'Aurora:StorageUsage' },
  }),
  row({
    id: 'aurora.storage.io-optimized',
    what: 'Storage (I/O-Optimized)',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.225'),
    list: { usagetype: 'Aurora:IO-OptimizedStorageUsage' },
    note: 'Infracost shows 0.23, rounded',
  }),
  row({
    id: 'aurora.io',
    what: 'I/O requests (Standard)',
    unit: 'request',
    per: 1_000_000,
    regions: cluster.only('us-east-1', '0.20'),
    list: { usagetype: 'Aurora:StorageIOUsage' },
  }),
  row({
    id: 'aurora.backup',
    what: 'Backups beyond the retention of a day and the size of the cluster',
    unit: 'GB-month',
    regions: cluster.only('us-east-1', '0.021'),
    list: { usagetype: 'Aurora:BackupUsage' },
  }),
  row({
    id: 'aurora.backtrack',
    what: 'Backtrack change records',
    unit: 'record',
    per: 1_000_000,
    regions: cluster.only('us-east-1', '0.012'),
    list: { usagetype: 'Aurora:BacktrackUsage' },
  }),
  row({
    id: 'aurora.snapshot-export',
    what: 'Snapshot exports to S3',
    unit: 'GB',
    regions: cluster.only('us-east-1', '0.01'),
    list: { usagetype: 'Aurora:SnapshotExportToS3' },
  }),
];
