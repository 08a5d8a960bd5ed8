/** Amazon Kinesis Data Streams and Amazon Data Firehose: https://aws.amazon.com/kinesis/data-streams/pricing/ */
import { priceFile, recorded, rowsOf, source } from './author.ts';

const file = source(priceFile('kinesis/USD/current/kinesis.json'), '2025-11-03', 'aws');
const golden = source(recorded('kinesis_firehose_delivery_stream'), '2024-07-01', 'aws-derived');
const row = rowsOf('Amazon Kinesis Data Streams', 'AmazonKinesis');
const firehose = rowsOf('Amazon Data Firehose', 'AmazonKinesisFirehose');

export const kinesis = [
  row({
    id: 'kinesis.provisioned.shard',
    what: 'Provisioned shard',
    unit: 'shard-hour',
    regions: file.flat('0.015 0.015 0.015 0.017 0.018 0.0184'),
    list: { usagetype: 'Storage-ShardHour' },
  }),
  row({
    id: 'kinesis.provisioned.put',
    what: 'PUT payload units of 25 KB',
    unit: 'unit',
    per: 1_000_000,
    regions: file.flat('0.014 0.014 0.014 0.0165 0.0175 0.0195'),
    list: { usagetype: 'PutRequestPayloadUnits' },
  }),
  row({
    id: 'kinesis.extended-retention',
    what: 'Extended retention, 1 to 7 days',
    unit: 'shard-hour',
    regions: file.flat('0.02 0.02 0.02 0.023 0.024 0.025'),
  }),
  row({
    id: 'kinesis.enhanced-fan-out.hours',
    what: 'Enhanced fan-out',
    unit: 'consumer-shard-hour',
    regions: file.flat('0.015 0.015 0.015 0.017 0.018 0.0184'),
    list: { usagetype: 'EnhancedFanoutHour' },
  }),
  row({
    id: 'kinesis.enhanced-fan-out.data',
    what: 'Enhanced fan-out data',
    unit: 'GB',
    regions: file.flat('0.013 0.013 0.013 0.0147 0.0156 0.0159'),
  }),
  row({
    id: 'kinesis.on-demand.stream',
    what: 'On-demand stream',
    unit: 'stream-hour',
    regions: file.flat('0.04 0.04 0.04 0.045 0.048 0.049'),
    list: { usagetype: 'OnDemand-StreamHour' },
  }),
  row({
    id: 'kinesis.on-demand.in',
    what: 'On-demand data in',
    unit: 'GB',
    regions: file.flat('0.08 0.08 0.08 0.091 0.096 0.098'),
    list: { usagetype: 'OnDemand-BilledIncomingBytes' },
  }),
  row({
    id: 'kinesis.on-demand.out',
    what: 'On-demand data out',
    unit: 'GB',
    regions: file.flat('0.04 0.04 0.04 0.045 0.048 0.049'),
    list: { usagetype: 'OnDemand-BilledOutgoingBytes' },
  }),
  firehose({
    id: 'firehose.ingestion',
    what: 'Data ingested, each record rounded up to 5 KB',
    unit: 'GB',
    regions: golden.only('us-east-1', [512_000, '0.035'], [2_048_000, '0.03'], '0.024'),
    note: "Infracost counts these tiers by 1,024 and 1,000 alike: read AWS's page beyond 500 TB",
  }),
  firehose({
    id: 'firehose.format-conversion',
    what: 'Data converted to a columnar format',
    unit: 'GB',
    regions: golden.only('us-east-1', '0.021'),
  }),
  firehose({
    id: 'firehose.vpc-delivery.data',
    what: 'Data delivered into a VPC',
    unit: 'GB',
    regions: golden.only('us-east-1', '0.01'),
  }),
  firehose({
    id: 'firehose.vpc-delivery.hours',
    what: 'Delivery into a VPC, per zone',
    unit: 'hour',
    regions: golden.only('us-east-1', '0.011'),
  }),
];
