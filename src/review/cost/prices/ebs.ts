/** Amazon EBS: https://aws.amazon.com/ebs/pricing/ */
import { free, priceFile, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/ebs/pricing/ , from memory', '2026-11-21', 'unverified');
const file = source(priceFile('ec2/USD/current/ebs.json'), '2024-07-18', 'aws');
const row = rowsOf('Amazon EBS', 'AmazonEC2');

export const ebs = [
  row({
    id: 'ebs.gp3.storage',
    what: 'gp3 storage',
    unit: 'GB-month',
    regions: file.flat('0.08 0.08 0.08 0.088 0.0952 0.096'),
    list: { usagetype: 'EBS:VolumeUsage.gp3' },
  }),
  row({
    id: 'ebs.gp3.iops',
    what: 'gp3 IOPS above 3,000 a volume',
    unit: 'IOPS-month',
    regions: file.flat('0.005 0.005 0.005 0.0055 0.006 0.006'),
    list: { usagetype: 'EBS:VolumeP-IOPS.gp3' },
  }),
  row({
    id: 'ebs.gp3.throughput',
    what: 'gp3 throughput above 125 MB/s a volume',
    unit: 'MBps-month',
    regions: file.flat('0.04 0.04 0.04 0.044 0.0476 0.048'),
    note: 'listed per GiB/s; a GiB is 1,024 MB',
    list: { usagetype: 'EBS:VolumeP-Throughput.gp3' },
    unitsPerListUnit: 1_024,
  }),
  row({
    id: 'ebs.gp2.storage',
    what: 'gp2 storage',
    unit: 'GB-month',
    regions: file.flat('0.1 0.1 0.1 0.11 0.119 0.12'),
    list: { usagetype: 'EBS:VolumeUsage.gp2' },
  }),
  row({
    id: 'ebs.io1.storage',
    what: 'io1 storage',
    unit: 'GB-month',
    regions: file.flat('0.125 0.125 0.125 0.138 0.149 0.138'),
    list: { usagetype: 'EBS:VolumeUsage.piops' },
  }),
  row({
    id: 'ebs.io1.iops',
    what: 'io1 provisioned IOPS',
    unit: 'IOPS-month',
    regions: file.flat('0.065 0.065 0.065 0.072 0.078 0.072'),
    list: { usagetype: 'EBS:VolumeP-IOPS.piops' },
  }),
  row({
    id: 'ebs.io2.storage',
    what: 'io2 storage',
    unit: 'GB-month',
    regions: file.flat('0.125 0.125 0.125 0.138 0.149 0.138'),
    list: { usagetype: 'EBS:VolumeUsage.io2' },
  }),
  row({
    id: 'ebs.io2.iops',
    what: 'io2 provisioned IOPS',
    unit: 'IOPS-month',
    regions: file.tiers(
      [32_000, '0.065 0.065 0.065 0.072 0.078 0.072'],
      [64_000, '0.0455 0.0455 0.0455 0.0504 0.0546 0.0504'],
      '0.03185 0.03185 0.03185 0.03528 0.03822 0.03528',
    ),
    scope: 'resource',
  }),
  row({
    id: 'ebs.st1.storage',
    what: 'st1 storage',
    unit: 'GB-month',
    regions: file.flat('0.045 0.045 0.045 0.05 0.054 0.054'),
    list: { usagetype: 'EBS:VolumeUsage.st1' },
  }),
  row({
    id: 'ebs.sc1.storage',
    what: 'sc1 storage',
    unit: 'GB-month',
    regions: file.flat('0.015 0.015 0.015 0.0168 0.018 0.018'),
    list: { usagetype: 'EBS:VolumeUsage.sc1' },
  }),
  row({
    id: 'ebs.magnetic.storage',
    what: 'Magnetic storage',
    unit: 'GB-month',
    regions: file.flat('0.05 0.05 0.05 0.055 0.059 0.08'),
    list: { usagetype: 'EBS:VolumeUsage' },
  }),
  row({
    id: 'ebs.magnetic.io',
    what: 'Magnetic I/O requests',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.05 0.05 0.05 0.055 0.059 0.08'),
    list: { usagetype: 'EBS:VolumeIOUsage' },
  }),
  row({
    id: 'ebs.snapshots',
    what: 'Snapshots',
    unit: 'GB-month',
    regions: file.flat('0.05 0.05 0.05 0.05 0.054 0.05'),
    free: free('first-12-months', 1, page),
    list: { usagetype: 'EBS:SnapshotUsage' },
  }),
  row({
    id: 'ebs.snapshots.archive',
    what: 'Archived snapshots',
    unit: 'GB-month',
    regions: file.flat('0.0125 0.0125 0.0125 0.0125 0.0135 0.0125'),
    list: { usagetype: 'EBS:SnapshotArchiveStorage' },
  }),
];
