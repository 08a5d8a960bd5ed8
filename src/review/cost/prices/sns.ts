/** Amazon SNS: https://aws.amazon.com/sns/pricing/ . Publishes are metered by 64 KB; SQS and Lambda deliveries are free. */
import { free, priceFile, rowsOf, source } from './author.ts';

const quoted = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonSNS/current/us-west-2/index.json , as quoted',
  '2026-08-08',
  'aws-derived',
);
const file = source(priceFile('sns/USD/current/sns.json'), '2025-08-28', 'aws');
const row = rowsOf('Amazon SNS', 'AmazonSNS');

export const sns = [
  row({
    id: 'sns.requests',
    what: 'API requests of up to 64 KB',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.5'),
    free: free('always', 1_000_000, quoted),
    list: { usagetype: 'Requests-Tier1' },
  }),
  row({
    id: 'sns.deliveries.sqs',
    what: 'Deliveries to SQS',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0'),
  }),
  row({
    id: 'sns.deliveries.lambda',
    what: 'Deliveries to Lambda',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0'),
  }),
  row({
    id: 'sns.deliveries.http',
    what: 'Deliveries over HTTP(S)',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0.6'),
    free: free('always', 100_000, file),
    list: { usagetype: 'DeliveryAttempts-HTTP' },
  }),
  row({
    id: 'sns.deliveries.email',
    what: 'E-mail deliveries',
    unit: 'delivery',
    per: 100_000,
    regions: file.flat('2'),
    free: free('always', 1_000, file),
    list: { usagetype: 'DeliveryAttempts-SMTP' },
  }),
  row({
    id: 'sns.deliveries.firehose',
    what: 'Deliveries to Firehose',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0.19 0.19 0.19 0.19 0.236 0.254'),
    list: { usagetype: 'DeliveryAttempts-FIREHOSE' },
  }),
  row({
    id: 'sns.deliveries.push',
    what: 'Mobile push deliveries',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0.5'),
    list: { usagetype: 'DeliveryAttempts-GCM' },
  }),
  row({
    id: 'sns.filtering.payload',
    what: 'Payload-based filtering',
    unit: 'GB',
    regions: file.flat('0.09 0.09 0.09 0.09 0.12 0.11'),
  }),
  row({
    id: 'sns.fifo.requests',
    what: 'FIFO API requests',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.3 0.3 0.3 0.33 0.36 0.39'),
    list: { usagetype: 'F-Request-Tier1' },
  }),
  row({
    id: 'sns.fifo.payload',
    what: 'FIFO published payload',
    unit: 'GB',
    regions: file.flat('0.017 0.017 0.017 0.0187 0.0204 0.0221'),
    list: { usagetype: 'F-Ingress-Tier1' },
  }),
  row({
    id: 'sns.fifo.deliveries',
    what: 'FIFO deliveries',
    unit: 'delivery',
    per: 1_000_000,
    regions: file.flat('0.01 0.01 0.01 0.011 0.012 0.013'),
    list: { usagetype: 'F-DA-SQS' },
  }),
  row({
    id: 'sns.fifo.delivered-payload',
    what: 'FIFO delivered payload',
    unit: 'GB',
    regions: file.flat('0.001 0.001 0.001 0.0011 0.0012 0.0013'),
    list: { usagetype: 'F-Egress-SQS' },
  }),
];
