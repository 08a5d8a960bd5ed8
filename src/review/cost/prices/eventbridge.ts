/** Amazon EventBridge: https://aws.amazon.com/eventbridge/pricing/ . Each 64 KB of an event counts as one. */
import { free, recorded, rowsOf, source } from './author.ts';
import { everywhere } from './model.ts';

const page = source('https://aws.amazon.com/eventbridge/pricing/', '2026-11-21', 'aws');
const golden = source(recorded('cloudwatch_event_bus'), '2024-07-01', 'aws-derived');
const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSEvents/current/us-east-1/index.json , as quoted',
  '2026-05-29',
  'aws-derived',
);
const guide = source('https://cloudburn.io/blog/amazon-eventbridge-pricing', '2026-03-13', 'third-party');
const row = rowsOf('Amazon EventBridge', 'AWSEvents');

export const eventbridge = [
  row({
    id: 'eventbridge.aws-events',
    what: 'Events of AWS services, rules and deliveries in the account',
    unit: 'event',
    per: 1_000_000,
    regions: page.only(everywhere, '0'),
  }),
  row({
    id: 'eventbridge.custom-events',
    what: 'Custom events',
    unit: 'event',
    per: 1_000_000,
    regions: page.flat('1.00'),
    list: { eventType: 'Custom Event', usagetype: 'Event-64K-Chunks' },
  }),
  row({
    id: 'eventbridge.partner-events',
    what: 'Partner events',
    unit: 'event',
    per: 1_000_000,
    regions: page.flat('1.00'),
    list: { eventType: 'Partner Event', usagetype: 'Event-64K-Chunks' },
  }),
  row({
    id: 'eventbridge.cross-account.aws-events',
    what: 'Events of AWS services delivered to another account',
    unit: 'event',
    per: 1_000_000,
    regions: page.flat('1.00'),
  }),
  row({
    id: 'eventbridge.cross-account.own-events',
    what: 'Custom and partner events delivered to another account',
    unit: 'event',
    per: 1_000_000,
    regions: page.flat('0.05'),
  }),
  row({
    id: 'eventbridge.scheduler',
    what: 'Scheduler invocations',
    unit: 'invocation',
    per: 1_000_000,
    regions: { ...guide.flat('1.00'), ...list.only('us-east-1', '1.00') },
    free: free('always', 14_000_000, list),
    list: { usagetype: 'ScheduledInvocation' },
  }),
  row({
    id: 'eventbridge.pipes',
    what: 'Pipes requests, after filtering',
    unit: 'request',
    per: 1_000_000,
    regions: guide.flat('0.40'),
  }),
  row({
    id: 'eventbridge.api-destinations',
    what: 'Events delivered to API destinations',
    unit: 'event',
    per: 1_000_000,
    regions: page.flat('0.20'),
  }),
  row({
    id: 'eventbridge.archive.processing',
    what: 'Archive processing',
    unit: 'GB',
    regions: golden.only('us-east-1', '0.10'),
    list: { usagetype: 'ArchivedEvents-Bytes' },
  }),
  row({
    id: 'eventbridge.archive.storage',
    what: 'Archive storage',
    unit: 'GB-month',
    regions: golden.only('us-east-1', '0.023'),
    list: { usagetype: 'TimedStorage-ByteHrs' },
  }),
  row({
    id: 'eventbridge.schema-discovery',
    what: 'Schema discovery, events of 8 KB',
    unit: 'event',
    per: 1_000_000,
    regions: golden.only('us-east-1', '0.10'),
    free: free('always', 5_000_000, guide),
    list: { eventType: 'Discovery Event', usagetype: 'Event-8K-Chunks' },
  }),
];
