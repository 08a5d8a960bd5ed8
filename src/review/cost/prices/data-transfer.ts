/**
 * Data transfer: https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer . Tiers count over the account; transfer in
 * and to CloudFront is free. Between zones both sides pay, so a GB sent costs the row twice.
 */
import { free, recorded, rowsOf, source } from './author.ts';
import { everywhere } from './model.ts';

const golden = source(recorded('data_transfer'), '2025-07-01', 'aws-derived');
const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSDataTransfer/current/us-east-1/index.json , as quoted',
  '2026-07-28',
  'aws-derived',
);
const network = source(
  'https://aws.amazon.com/about-aws/global-infrastructure/global-network/faqs/',
  '2026-11-21',
  'aws',
);
const paper = source(
  'https://docs.aws.amazon.com/whitepapers/latest/aws-storage-services-overview/cost-model-7.html',
  '2026-11-21',
  'aws',
);
const row = rowsOf('AWS Data Transfer', 'AWSDataTransfer');
const tb = 1_024;

export const dataTransfer = [
  row({
    id: 'data-transfer.out',
    what: 'Out to the internet',
    unit: 'GB',
    regions: golden.tiers(
      [10 * tb, '0.09 0.09 0.09 0.09 0.09 0.12'],
      [50 * tb, '0.085'],
      [150 * tb, '0.07 0.07 0.07 0.07 0.07 0.082'],
      '0.05 0.05 0.05 0.05 0.05 0.08',
    ),
    free: { ...free('always', 100, list), beforeTiers: true },
    list: { transferType: 'AWS Outbound', usagetype: 'DataTransfer-Out-Bytes', toLocation: 'External' },
    note: 'the 100 free GB are shared by all services and regions except CloudFront',
  }),
  row({
    id: 'data-transfer.in',
    what: 'In from the internet',
    unit: 'GB',
    regions: network.only(everywhere, '0'),
  }),
  row({
    id: 'data-transfer.to-cloudfront',
    what: 'From AWS origins to CloudFront',
    unit: 'GB',
    regions: paper.only(everywhere, '0'),
  }),
  row({
    id: 'data-transfer.between-zones',
    what: 'Between zones of a region, each direction',
    unit: 'GB',
    regions: golden.flat('0.01'),
    list: { transferType: 'IntraRegion', usagetype: 'DataTransfer-Regional-Bytes' },
  }),
  row({
    id: 'data-transfer.between-regions',
    what: 'Out to another region',
    unit: 'GB',
    regions: golden.flat('0.02 0.02 0.02 0.02 0.02 0.09'),
    note: 'between us-east-1 and us-east-2 it is 0.01',
  }),
];
