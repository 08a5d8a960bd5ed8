/** AWS CloudTrail: https://aws.amazon.com/cloudtrail/pricing/ . The first copy of management events is free. */
import { priceFile, rowsOf, source } from './author.ts';

const file = source(priceFile('cloudtrail/USD/current/cloudtrail.json'), '2025-08-28', 'aws');
const row = rowsOf('AWS CloudTrail', 'AWSCloudTrail');

export const cloudtrail = [
  row({
    id: 'cloudtrail.management.first-copy',
    what: 'Management events, first copy',
    unit: 'event',
    per: 100_000,
    regions: file.flat('0'),
    list: { usagetype: 'FreeEventsRecorded' },
  }),
  row({
    id: 'cloudtrail.management.copies',
    what: 'Management events, further copies',
    unit: 'event',
    per: 100_000,
    regions: file.flat('2'),
    list: { usagetype: 'PaidEventsRecorded' },
  }),
  row({
    id: 'cloudtrail.data',
    what: 'Data events',
    unit: 'event',
    per: 100_000,
    regions: file.flat('0.1'),
    list: { usagetype: 'DataEventsRecorded' },
  }),
  row({
    id: 'cloudtrail.insights',
    what: 'Events analysed for insights',
    unit: 'event',
    per: 100_000,
    regions: file.flat('0.35'),
    list: { usagetype: 'InsightsEvents' },
  }),
  row({
    id: 'cloudtrail.lake.ingestion',
    what: 'CloudTrail Lake ingestion, one-year retention',
    unit: 'GB',
    regions: file.flat('0.75'),
  }),
  row({
    id: 'cloudtrail.lake.scanned',
    what: 'Data scanned by CloudTrail Lake queries',
    unit: 'GB',
    regions: file.flat('0.005'),
  }),
];
