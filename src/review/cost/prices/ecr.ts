/** Amazon ECR: https://aws.amazon.com/ecr/pricing/ . Pulls inside the region are free. */
import { free, rowsOf, source } from './author.ts';

const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonECR/current/us-east-1/index.json , as quoted',
  '2025-11-21',
  'aws-derived',
);
const memory = source('https://aws.amazon.com/ecr/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('Amazon ECR', 'AmazonECR');

export const ecr = [
  row({
    id: 'ecr.storage',
    what: 'Images in private repositories',
    unit: 'GB-month',
    regions: { ...memory.flat('0.10'), ...list.only('us-east-1', '0.10') },
    free: free('first-12-months', 0.5, memory),
    list: { usagetype: 'TimedStorage-ByteHrs' },
  }),
];
