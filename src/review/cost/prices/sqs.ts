/** Amazon SQS: https://aws.amazon.com/sqs/pricing/ . Each 64 KB of a request counts as one; empty receives count too. */
import { free, rowsOf, source } from './author.ts';

const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSQueueService/current/us-east-1/index.json , as quoted',
  '2026-09-11',
  'aws-derived',
);
const frankfurt = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSQueueService/current/eu-central-1/index.json , as quoted',
  '2026-09-11',
  'aws-derived',
);
const memory = source('https://aws.amazon.com/sqs/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon SQS', 'AWSQueueService');
const billion = 1_000_000_000;

export const sqs = [
  row({
    id: 'sqs.standard.requests',
    what: 'Requests to standard queues',
    unit: 'request',
    per: 1_000_000,
    regions: {
      ...memory.tiers([100 * billion, '0.40'], [200 * billion, '0.30'], '0.24'),
      ...list.only('us-east-1', [100 * billion, '0.40'], [200 * billion, '0.30'], '0.24'),
      ...frankfurt.only('eu-central-1', [100 * billion, '0.40'], [200 * billion, '0.30'], '0.24'),
    },
    free: free('always', 1_000_000, list, ['sqs.fifo.requests']),
    list: { productFamily: 'API Request', queueType: 'Standard' },
  }),
  row({
    id: 'sqs.fifo.requests',
    what: 'Requests to FIFO queues',
    unit: 'request',
    per: 1_000_000,
    regions: {
      ...memory.tiers([100 * billion, '0.50'], [200 * billion, '0.40'], '0.35'),
      ...list.only('us-east-1', [100 * billion, '0.50'], [200 * billion, '0.40'], '0.35'),
    },
    free: free('always', 1_000_000, list, ['sqs.standard.requests']),
    list: { productFamily: 'API Request', queueType: 'FIFO (first-in, first-out)' },
  }),
  row({
    id: 'sqs.fair.requests',
    what: 'Requests to fair queues, on top of the standard price',
    unit: 'request',
    per: 1_000_000,
    regions: list.only('us-east-1', '0.10'),
    list: { productFamily: 'API Request', queueType: 'Fair' },
  }),
];
