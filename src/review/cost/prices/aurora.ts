/** Amazon Aurora: https://aws.amazon.com/rds/aurora/pricing/ . Storage is billed once, whatever the number of instances. */
import { recorded, rowsOf, source } from './author.ts';
import type { PriceRow } from './model.ts';

const instance = source(recorded('rds_cluster_instance'), '2025-03-05', 'aws-derived');
const cluster = source(recorded('rds_cluster'), '2024-07-01', 'aws-derived');
const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonRDS/current/us-east-1/index.json , as quoted',
  '2026-07-28',
  'aws-derived',
);
const memory = source('https://aws.amazon.com/rds/aurora/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon Aurora', 'AmazonRDS');

/** By the hour: Standard, and I/O-Optimized where it could be sourced. */
const provisioned: readonly (readonly [
  type: string,
  from: typeof list,
  standard: string,
  ioOptimized?: string,
])[] = [
  ['db.t3.medium', instance, '0.082'],
  ['db.t3.large', instance, '0.164'],
  ['db.t4g.medium', memory, '0.073'],
  ['db.t4g.large', memory, '0.146'],
  ['db.r5.large', memory, '0.29'],
  ['db.r6g.large', list, '0.26', '0.338'],
  ['db.r6g.xlarge', list, '0.519', '0.675'],
  ['db.r6g.2xlarge', list, '1.038', '1.349'],
  ['db.r7g.xlarge', list, '0.553', '0.719'],
];

/** How the price list tells the two configurations apart. */
const storage = { standard: 'EBS Only', ioOptimized: 'Aurora IO Optimization Mode' } as const;

const hours = (type: string, from: typeof list, usd: string, configuration: keyof typeof storage): PriceRow =>
  row({
    id: `aurora.${type}${configuration === 'standard' ? '' : '.io-optimized'}`,
    what: `${type}, ${configuration === 'standard' ? 'Standard' : 'I/O-Optimized'}`,
    unit: 'hour',
    scope: 'resource',
    regions: from.only('us-east-1', usd),
    list: {
      instanceType: type,
      databaseEngine: 'Aurora PostgreSQL',
      storage: storage[configuration],
    },
  });

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
    regions: list.only('us-east-1', '0.16'),
    list: { usagetype: 'Aurora:ServerlessV2IOOptimizedUsage', databaseEngine: 'Aurora PostgreSQL' },
  }),
  ...provisioned.flatMap(([type, from, standard, ioOptimized]) => [
    hours(type, from, standard, 'standard'),
    ...(ioOptimized ? [hours(type, from, ioOptimized, 'ioOptimized')] : []),
  ]),
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
    regions: list.only('us-east-1', '0.225'),
    list: { usagetype: 'Aurora:IO-OptimizedStorageUsage' },
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
