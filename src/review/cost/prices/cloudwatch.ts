/** Amazon CloudWatch: https://aws.amazon.com/cloudwatch/pricing/ */
import { free, priceFile, recorded, rowsOf, source } from './author.ts';
import { everywhere } from './model.ts';

const page = source('https://aws.amazon.com/cloudwatch/pricing/', '2026-11-21', 'aws');
const file = source(priceFile('cloudwatch/USD/current/cloudwatch.json'), '2025-09-23', 'aws');
const golden = source(recorded('cloudwatch_dashboard'), '2024-07-01', 'aws-derived');
const quoted = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonCloudWatch/current/us-west-2/index.json , as quoted',
  '2026-08-08',
  'aws-derived',
);
const row = rowsOf('Amazon CloudWatch', 'AmazonCloudWatch');

/** By volume a month: https://aws.amazon.com/cloudwatch/pricing/ , vended logs, and since May 2025 those of functions. */
const tieredLogs = file.tiers(
  [10_240, '0.5 0.5 0.5 0.57 0.63 0.7'],
  [30_720, '0.25 0.25 0.25 0.285 0.315 0.35'],
  [51_200, '0.1 0.1 0.1 0.114 0.126 0.14'],
  '0.05 0.05 0.05 0.057 0.063 0.07',
);

export const cloudwatch = [
  row({
    id: 'cloudwatch.logs.ingestion',
    what: 'Logs ingested (Standard class)',
    unit: 'GB',
    regions: file.flat('0.5 0.5 0.5 0.57 0.63 0.7'),
    free: free('always', 5, page, ['cloudwatch.logs.ingestion.lambda']),
    list: { usagetype: 'DataProcessing-Bytes' },
  }),
  row({
    id: 'cloudwatch.logs.ingestion.lambda',
    what: 'Logs of functions ingested (Standard class)',
    unit: 'GB',
    regions: tieredLogs,
    free: free('always', 5, page, ['cloudwatch.logs.ingestion']),
    note: 'tiered since May 2025: https://aws.amazon.com/blogs/compute/aws-lambda-introduces-tiered-pricing-for-amazon-cloudwatch-logs-and-additional-logging-destinations/',
  }),
  row({
    id: 'cloudwatch.logs.ingestion.lambda.ia',
    what: 'Logs of functions ingested (Infrequent Access class)',
    unit: 'GB',
    regions: file.tiers(
      [10_240, '0.25 0.25 0.25 0.285 0.315 0.35'],
      [30_720, '0.15 0.15 0.15 0.171 0.189 0.21'],
      [51_200, '0.075 0.075 0.075 0.0855 0.0945 0.105'],
      '0.05 0.05 0.05 0.057 0.063 0.07',
    ),
    note: 'tiered since May 2025, by the steps of vended logs',
  }),
  row({
    id: 'cloudwatch.logs.ingestion.ia',
    what: 'Logs ingested (Infrequent Access class)',
    unit: 'GB',
    regions: file.flat('0.25 0.25 0.25 0.285 0.315 0.35'),
    list: { usagetype: 'DataProcessingIA-Bytes' },
  }),
  row({
    id: 'cloudwatch.logs.vended',
    what: 'Vended logs delivered to CloudWatch Logs',
    unit: 'GB',
    regions: tieredLogs,
    list: { usagetype: 'VendedLog-Bytes' },
    note: 'VPC flow logs, Route 53 query logs and others of AWS’s own',
  }),
  row({
    id: 'cloudwatch.logs.delivered-s3',
    what: 'Vended logs delivered to S3',
    unit: 'GB',
    regions: file.tiers(
      [10_240, '0.25 0.25 0.25 0.285 0.285 0.35'],
      [30_720, '0.15 0.15 0.15 0.171 0.171 0.21'],
      [51_200, '0.075 0.075 0.075 0.086 0.086 0.105'],
      '0.05 0.05 0.05 0.057 0.057 0.07',
    ),
    list: { usagetype: 'S3-Egress-Bytes' },
  }),
  row({
    id: 'cloudwatch.logs.storage',
    what: 'Logs stored, compressed',
    unit: 'GB-month',
    regions: file.flat('0.03 0.03 0.03 0.03 0.0324 0.03'),
    free: free('always', 5, page),
    list: { usagetype: 'TimedStorage-ByteHrs' },
  }),
  row({
    id: 'cloudwatch.logs.storage.ia',
    what: 'Logs stored in the infrequent access tier, compressed',
    unit: 'GB-month',
    regions: { ...quoted.only('us-east-1', '0.018'), ...quoted.only('us-west-2', '0.018') },
  }),
  row({
    id: 'cloudwatch.logs.insights',
    what: 'Logs scanned by Logs Insights',
    unit: 'GB',
    regions: file.flat('0.005 0.005 0.005 0.0057 0.0063 0.007'),
    free: free('always', 5, page),
    list: { usagetype: 'DataScanned-Bytes' },
  }),
  row({
    id: 'cloudwatch.logs.live-tail',
    what: 'Live Tail',
    unit: 'minute',
    regions: file.flat('0.01'),
    free: free('always', 1_800, page),
  }),
  row({
    id: 'cloudwatch.logs.data-protection',
    what: 'Logs scanned for sensitive data',
    unit: 'GB',
    regions: file.flat('0.12'),
  }),
  row({
    id: 'cloudwatch.metrics',
    what: 'Custom and detailed metrics',
    unit: 'metric-month',
    regions: file.tiers([10_000, '0.3'], [250_000, '0.1'], [1_000_000, '0.05'], '0.02'),
    free: free('always', 10, page),
    list: { usagetype: 'CW:MetricMonitorUsage' },
    note: 'prorated by the hour in which a metric is sent',
  }),
  row({
    id: 'cloudwatch.api',
    what: 'API requests (PutMetricData, GetMetricStatistics, List and others)',
    unit: 'request',
    per: 1_000,
    regions: file.flat('0.01'),
    free: free('always', 1_000_000, page),
    list: { usagetype: 'CW:Requests' },
  }),
  row({
    id: 'cloudwatch.get-metric-data',
    what: 'Metrics requested by GetMetricData',
    unit: 'metric',
    per: 1_000,
    regions: file.flat('0.01'),
    list: { usagetype: 'CW:GMD-Metrics' },
  }),
  row({
    id: 'cloudwatch.alarms.standard',
    what: 'Standard-resolution alarm, per metric',
    unit: 'alarm-metric-month',
    regions: file.flat('0.1'),
    free: free('always', 10, page),
    list: { usagetype: 'CW:AlarmMonitorUsage' },
  }),
  row({
    id: 'cloudwatch.alarms.high-resolution',
    what: 'High-resolution alarm, per metric',
    unit: 'alarm-metric-month',
    regions: file.flat('0.3'),
    list: { usagetype: 'CW:HighResAlarmMonitorUsage' },
  }),
  row({
    id: 'cloudwatch.alarms.composite',
    what: 'Composite alarm',
    unit: 'alarm-month',
    regions: file.flat('0.5'),
    list: { usagetype: 'CW:CompositeAlarmMonitorUsage' },
  }),
  row({
    id: 'cloudwatch.dashboards',
    what: 'Custom dashboards',
    unit: 'dashboard-month',
    regions: golden.only(everywhere, '3'),
    free: free('always', 3, page),
    list: { usagetype: 'DashboardsUsageHour' },
    note: 'free dashboards hold up to 50 metrics each',
  }),
  row({
    id: 'cloudwatch.canaries',
    what: 'Synthetics canary runs',
    unit: 'run',
    per: 1_000,
    regions: file.flat('1.2 1.2 1.2 1.4 1.6 1.7'),
    free: free('always', 100, page),
    list: { usagetype: 'CW:Canary-runs' },
  }),
  row({
    id: 'cloudwatch.contributor-insights.rules',
    what: 'Contributor Insights rules',
    unit: 'rule-month',
    regions: file.flat('0.5'),
    free: free('always', 1, page),
  }),
  row({
    id: 'cloudwatch.contributor-insights.events',
    what: 'Log events matched by Contributor Insights',
    unit: 'event',
    per: 1_000_000,
    regions: file.flat('0.02 0.02 0.02 0.023 0.025 0.028'),
    free: free('always', 1_000_000, page),
  }),
  row({
    id: 'cloudwatch.metric-streams',
    what: 'Metric stream updates',
    unit: 'update',
    per: 1_000,
    regions: file.flat('0.003'),
  }),
  row({ id: 'cloudwatch.rum', what: 'RUM events', unit: 'event', per: 100_000, regions: file.flat('1') }),
  row({
    id: 'cloudwatch.application-signals',
    what: 'Application Signals',
    unit: 'signal',
    per: 1_000_000,
    regions: file.tiers([100_000_000, '1.5'], [1_000_000_000, '0.75'], '0.3'),
  }),
];
