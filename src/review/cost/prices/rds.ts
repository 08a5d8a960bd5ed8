/**
 * Amazon RDS for PostgreSQL, MySQL and MariaDB: storage, backups, proxy. Instances are in rds-postgres.ts and
 * rds-mysql.ts. https://aws.amazon.com/rds/postgresql/pricing/
 */
import { recorded, rowsOf, source } from './author.ts';
import type { PriceRow } from './model.ts';

const golden = source(recorded('db_instance'), '2026-05-03', 'aws-derived');
const backup = source(recorded('backup_vault'), '2024-07-01', 'aws-derived');
const proxy = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonRDS/current/us-east-1/index.json , as quoted',
  '2026-08-21',
  'aws-derived',
);
const memory = source(
  'https://aws.amazon.com/rds/postgresql/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const row = rowsOf('Amazon RDS', 'AmazonRDS');

const pair = (
  type: string,
  what: string,
  unit: string,
  prices: readonly [single: string, multi: string],
  usage: readonly [single: string, multi: string],
  multiFrom = golden,
): readonly PriceRow[] => [
  row({
    id: `rds.${type}.single-az`,
    what: `${what}, Single-AZ`,
    unit,
    regions: golden.only('us-east-1', prices[0]),
    list: { usagetype: usage[0] },
  }),
  row({
    id: `rds.${type}.multi-az`,
    what: `${what}, Multi-AZ`,
    unit,
    regions: multiFrom.only('us-east-1', prices[1]),
    list: { usagetype: usage[1] },
  }),
];

export const rds: readonly PriceRow[] = [
  ...pair(
    'gp3.storage',
    'gp3 storage',
    'GB-month',
    ['0.115', '0.23'],
    ['RDS:GP3-Storage', 'RDS:Multi-AZ-GP3-Storage'],
  ),
  ...pair(
    'gp3.iops',
    'gp3 IOPS above 3,000 (12,000 from 400 GB)',
    'IOPS-month',
    ['0.02', '0.04'],
    ['RDS:GP3-PIOPS', 'RDS:Multi-AZ-GP3-PIOPS'],
  ),
  ...pair(
    'gp2.storage',
    'gp2 storage',
    'GB-month',
    ['0.115', '0.23'],
    ['RDS:GP2-Storage', 'RDS:Multi-AZ-GP2-Storage'],
  ),
  ...pair(
    'io1.storage',
    'io1 storage',
    'GB-month',
    ['0.125', '0.25'],
    ['RDS:PIOPS-Storage', 'RDS:Multi-AZ-PIOPS-Storage'],
    memory,
  ),
  ...pair(
    'io1.iops',
    'io1 provisioned IOPS',
    'IOPS-month',
    ['0.10', '0.20'],
    ['RDS:PIOPS', 'RDS:Multi-AZ-PIOPS'],
    memory,
  ),
  row({
    id: 'rds.magnetic.storage',
    what: 'Magnetic storage, Single-AZ',
    unit: 'GB-month',
    regions: golden.only('us-east-1', '0.10'),
    list: { usagetype: 'RDS:StorageUsage' },
  }),
  row({
    id: 'rds.backup',
    what: 'Backups and snapshots beyond the size of the databases',
    unit: 'GB-month',
    regions: backup.only('us-east-1', '0.095'),
    list: { usagetype: 'RDS:ChargedBackupUsage' },
    note: 'as much backup storage as database storage is free in each region',
  }),
  row({
    id: 'rds.proxy',
    what: 'RDS Proxy, per vCPU of its database',
    unit: 'vCPU-hour',
    regions: proxy.only('us-east-1', '0.015'),
    list: { usagetype: 'RDS:ProxyUsage', databaseEngine: 'PostgreSQL' },
    note: 'at least 2 vCPUs',
  }),
  row({
    id: 'rds.cpu-credits',
    what: 'CPU credits beyond the baseline (T3 and T4g)',
    unit: 'vCPU-hour',
    regions: golden.only('us-east-1', '0.075'),
  }),
  row({
    id: 'rds.performance-insights.api',
    what: 'Performance Insights API requests',
    unit: 'request',
    per: 1_000,
    regions: golden.only('us-east-1', '0.01'),
    list: { usagetype: 'PI_API' },
  }),
];
