/** AWS Backup: https://aws.amazon.com/backup/pricing/ . Backups of RDS, Aurora and EBS cost what those services charge. */
import { recorded, rowsOf, source } from './author.ts';

const golden = source(recorded('backup_vault'), '2024-07-01', 'aws-derived');
const memory = source('https://aws.amazon.com/backup/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('AWS Backup', 'AWSBackup');

export const backup = [
  row({
    id: 'backup.rds',
    what: 'RDS snapshots',
    unit: 'GB-month',
    regions: golden.only('us-east-1', '0.095'),
  }),
  row({
    id: 'backup.dynamodb.warm',
    what: 'DynamoDB backups, warm',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.10'),
  }),
  row({
    id: 'backup.dynamodb.cold',
    what: 'DynamoDB backups, cold',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.03'),
  }),
  row({
    id: 'backup.ebs',
    what: 'EBS snapshots',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.05'),
  }),
  row({
    id: 'backup.efs.warm',
    what: 'EFS backups, warm',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.05'),
  }),
  row({
    id: 'backup.efs.cold',
    what: 'EFS backups, cold',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.01'),
  }),
  row({
    id: 'backup.s3.warm',
    what: 'S3 backups',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.05'),
  }),
];
