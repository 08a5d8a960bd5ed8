/** Amazon GuardDuty and AWS Security Hub: https://aws.amazon.com/guardduty/pricing/ , https://aws.amazon.com/security-hub/pricing/ */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('guardduty/USD/current/guardduty.json'), '2025-10-17', 'aws');
const memory = source(
  'https://aws.amazon.com/security-hub/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const row = rowsOf('Amazon GuardDuty', 'AmazonGuardDuty');
const hub = rowsOf('AWS Security Hub', 'AWSSecurityHub');

export const guardduty = [
  row({
    id: 'guardduty.cloudtrail',
    what: 'CloudTrail management events analysed',
    unit: 'event',
    per: 1_000_000,
    regions: file.flat('4 4 4 4.4 4.6 4.6'),
  }),
  row({
    id: 'guardduty.runtime.fargate',
    what: 'Runtime monitoring of Fargate',
    unit: 'vCPU-month',
    regions: file.tiers(
      [500, '1.5 1.5 1.5 1.5 1.92 1.85'],
      [5_000, '0.75 0.75 0.75 0.75 0.96 0.93'],
      '0.25 0.25 0.25 0.25 0.32 0.31',
    ),
  }),
  row({
    id: 'guardduty.runtime.ec2',
    what: 'Runtime monitoring of EC2',
    unit: 'vCPU-month',
    regions: file.tiers(
      [500, '1.5 1.5 1.5 1.5 1.92 1.85'],
      [5_000, '0.75 0.75 0.75 0.75 0.96 0.93'],
      '0.25 0.25 0.25 0.25 0.32 0.31',
    ),
  }),
  row({
    id: 'guardduty.flow-logs',
    what: 'VPC flow logs and DNS query logs analysed',
    unit: 'GB',
    regions: file.tiers(
      [500, '1 1 1 1.1 1.15 1.15'],
      [2_500, '0.5 0.5 0.5 0.55 0.58 0.58'],
      [10_000, '0.25 0.25 0.25 0.28 0.29 0.29'],
      '0.15 0.15 0.15 0.17 0.17 0.17',
    ),
  }),
  row({
    id: 'guardduty.s3',
    what: 'S3 data events analysed',
    unit: 'event',
    per: 1_000_000,
    regions: file.tiers(
      [500_000_000, '0.8 0.8 0.8 0.8 1.04 1.16'],
      [5_000_000_000, '0.4 0.4 0.4 0.4 0.52 0.58'],
      '0.2 0.2 0.2 0.2 0.26 0.29',
    ),
  }),
  hub({
    id: 'security-hub.checks',
    what: 'Security checks',
    unit: 'check',
    regions: memory.only('us-east-1', [100_000, '0.0010'], [500_000, '0.0008'], '0.0005'),
  }),
  hub({
    id: 'security-hub.findings',
    what: 'Findings ingested from other products',
    unit: 'finding',
    regions: memory.only('us-east-1', [10_000, '0'], '0.00003'),
  }),
];
