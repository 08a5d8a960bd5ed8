/**
 * Amazon S3: https://aws.amazon.com/s3/pricing/ . Tiers count over the account and region; DELETE requests are free.
 * Archives and Intelligent-Tiering are in s3-archive.ts.
 */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('s3/USD/current/s3.json'), '2025-10-22', 'aws');
const memory = source('https://aws.amazon.com/s3/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon S3', 'AmazonS3');

export const s3 = [
  row({
    id: 's3.standard.storage',
    what: 'Standard storage',
    unit: 'GB-month',
    regions: file.tiers(
      [51_200, '0.023 0.023 0.023 0.023 0.0245 0.025'],
      [512_000, '0.022 0.022 0.022 0.022 0.0235 0.024'],
      '0.021 0.021 0.021 0.021 0.0225 0.023',
    ),
    list: { usagetype: 'TimedStorage-ByteHrs', volumeType: 'Standard' },
  }),
  row({
    id: 's3.standard.put',
    what: 'PUT, COPY, POST, LIST requests',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.005 0.005 0.005 0.005 0.0054 0.005'),
    list: { group: 'S3-API-Tier1' },
  }),
  row({
    id: 's3.standard.get',
    what: 'GET and all other requests',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.0004 0.0004 0.0004 0.0004 0.00043 0.0004'),
    list: { group: 'S3-API-Tier2' },
  }),
  row({
    id: 's3.standard-ia.storage',
    what: 'Standard-IA storage',
    unit: 'GB-month',
    regions: file.flat('0.0125 0.0125 0.0125 0.0125 0.0135 0.0138'),
    list: { usagetype: 'TimedStorage-SIA-ByteHrs' },
    note: 'at least 128 KB an object and 30 days',
  }),
  row({
    id: 's3.standard-ia.put',
    what: 'PUT, COPY, POST, LIST requests (Standard-IA)',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.01'),
    list: { group: 'S3-API-SIA-Tier1' },
  }),
  row({
    id: 's3.standard-ia.get',
    what: 'GET and all other requests (Standard-IA)',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.001'),
    list: { group: 'S3-API-SIA-Tier2' },
  }),
  row({
    id: 's3.standard-ia.retrieval',
    what: 'Data retrieved from Standard-IA',
    unit: 'GB',
    regions: file.flat('0.01'),
    list: { usagetype: 'Retrieval-SIA' },
  }),
  row({
    id: 's3.standard-ia.transition',
    what: 'Lifecycle transitions into Standard-IA',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.01'),
  }),
  row({
    id: 's3.onezone-ia.storage',
    what: 'One Zone-IA storage',
    unit: 'GB-month',
    regions: file.flat('0.01 0.01 0.01 0.01 0.0108 0.011'),
    list: { usagetype: 'TimedStorage-ZIA-ByteHrs' },
  }),
  row({
    id: 's3.onezone-ia.put',
    what: 'PUT, COPY, POST, LIST requests (One Zone-IA)',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.01'),
    list: { group: 'S3-API-ZIA-Tier1' },
  }),
  row({
    id: 's3.onezone-ia.get',
    what: 'GET and all other requests (One Zone-IA)',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.001'),
    list: { group: 'S3-API-ZIA-Tier2' },
  }),
  row({
    id: 's3.onezone-ia.retrieval',
    what: 'Data retrieved from One Zone-IA',
    unit: 'GB',
    regions: file.flat('0.01'),
    list: { usagetype: 'Retrieval-ZIA' },
  }),
  row({
    id: 's3.onezone-ia.transition',
    what: 'Lifecycle transitions into One Zone-IA',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.01'),
  }),
  row({
    id: 's3.inventory',
    what: 'Objects listed in inventories',
    unit: 'object',
    per: 1_000_000,
    regions: file.flat('0.0025 0.0025 0.0025 0.0025 0.0027 0.0028'),
    list: { usagetype: 'Inventory-ObjectsListed' },
  }),
  row({
    id: 's3.analytics',
    what: 'Objects monitored by storage class analysis',
    unit: 'object-month',
    per: 1_000_000,
    regions: file.flat('0.1'),
    list: { usagetype: 'StorageAnalytics-ObjCount' },
  }),
  row({
    id: 's3.tags',
    what: 'Object tags',
    unit: 'tag-month',
    per: 10_000,
    regions: file.flat('0.0065'),
    list: { usagetype: 'TagStorage-TagHrs' },
  }),
  row({ id: 's3.batch.jobs', what: 'Batch Operations jobs', unit: 'job', regions: file.flat('0.25') }),
  row({
    id: 's3.batch.objects',
    what: 'Objects processed by Batch Operations',
    unit: 'object',
    per: 1_000_000,
    regions: file.flat('1'),
  }),
  row({
    id: 's3.transfer-acceleration',
    what: 'Transfer Acceleration through edges in the US, Europe and Japan, on top of data transfer',
    unit: 'GB',
    regions: memory.flat('0.04'),
  }),
  row({
    id: 's3.transfer-acceleration.other',
    what: 'Transfer Acceleration through other edges, on top of data transfer',
    unit: 'GB',
    regions: memory.flat('0.08'),
  }),
];
