/** AWS X-Ray: https://aws.amazon.com/xray/pricing/ . The page gives one price for all regions. */
import { free, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/xray/pricing/', '2026-11-21', 'aws');
const row = rowsOf('AWS X-Ray', 'AWSXRay');

export const xray = [
  row({
    id: 'xray.traces.recorded',
    what: 'Traces recorded',
    unit: 'trace',
    per: 1_000_000,
    regions: page.flat('5.00'),
    free: free('always', 100_000, page),
    list: { usagetype: 'XRay-TracesStored' },
  }),
  row({
    id: 'xray.traces.read',
    what: 'Traces retrieved or scanned',
    unit: 'trace',
    per: 1_000_000,
    regions: page.flat('0.50'),
    free: free('always', 1_000_000, page),
    list: { usagetype: 'XRay-TracesAccessed' },
  }),
  row({
    id: 'xray.insights',
    what: 'Traces processed by X-Ray Insights',
    unit: 'trace',
    per: 1_000_000,
    regions: page.flat('1.00'),
  }),
];
