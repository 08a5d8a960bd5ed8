/** AWS X-Ray: https://aws.amazon.com/xray/pricing/ */
import { free, rowsOf, source } from './author.ts';

const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSXRay/current/us-west-2/index.json , as quoted',
  '2026-08-08',
  'aws-derived',
);
const memory = source('https://aws.amazon.com/xray/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('AWS X-Ray', 'AWSXRay');

export const xray = [
  row({
    id: 'xray.traces.recorded',
    what: 'Traces recorded',
    unit: 'trace',
    per: 1_000_000,
    regions: { ...memory.flat('5.00'), ...list.only('us-west-2', '5.00') },
    free: free('always', 100_000, list),
    list: { usagetype: 'XRay-TracesStored' },
  }),
  row({
    id: 'xray.traces.read',
    what: 'Traces retrieved or scanned',
    unit: 'trace',
    per: 1_000_000,
    regions: { ...memory.flat('0.50'), ...list.only('us-west-2', '0.50') },
    free: free('always', 1_000_000, list),
    list: { usagetype: 'XRay-TracesAccessed' },
  }),
];
