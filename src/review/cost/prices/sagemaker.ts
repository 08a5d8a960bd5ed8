/**
 * Amazon SageMaker AI endpoints: https://aws.amazon.com/sagemaker/ai/pricing/ . Hosting and asynchronous inference cost
 * the same by the hour. Of the figures published for ml.g5.xlarge, 1.408 is 1.4 times its EC2 price, as the list's other
 * single-GPU endpoints are; 1.21 is the EC2 price of g5.2xlarge and is not used.
 */
import { rowsOf, source } from './author.ts';
import type { PriceRow } from './model.ts';

const list = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonSageMaker/current/us-east-1/index.json , as quoted',
  '2026-08-01',
  'aws-derived',
);
const projects = source(
  'https://aws.amazon.com/sagemaker/ai/pricing/ , as tabulated by several public projects',
  '2026-08-01',
  'third-party',
);
const memory = source(
  'https://aws.amazon.com/sagemaker/ai/pricing/ , from memory',
  '2026-11-21',
  'unverified',
);
const row = rowsOf('Amazon SageMaker AI', 'AmazonSageMaker');

const hosting: readonly (readonly [type: string, usd: string, from: typeof list])[] = [
  ['ml.t3.medium', '0.05', projects],
  ['ml.m5.large', '0.115', projects],
  ['ml.m5.xlarge', '0.23', list],
  ['ml.m5.2xlarge', '0.461', projects],
  ['ml.m5.4xlarge', '0.922', projects],
  ['ml.c5.xlarge', '0.204', projects],
  ['ml.c5.2xlarge', '0.408', projects],
  ['ml.g4dn.xlarge', '0.7364', projects],
  ['ml.g5.xlarge', '1.408', projects],
  ['ml.g5.2xlarge', '1.515', list],
  ['ml.g5.4xlarge', '2.03', projects],
  ['ml.g5.12xlarge', '7.09', list],
  ['ml.g6.xlarge', '1.127', projects],
  ['ml.g6.2xlarge', '1.222', list],
  ['ml.g6.4xlarge', '1.654', list],
  ['ml.g6.12xlarge', '5.752', list],
  ['ml.g6e.2xlarge', '2.8026', list],
];

export const sagemaker: readonly PriceRow[] = [
  ...hosting.map(([type, usd, from]) =>
    row({
      id: `sagemaker.hosting.${type}`,
      what: `Endpoint instance ${type}`,
      unit: 'hour',
      scope: 'resource',
      regions: from.only('us-east-1', usd),
      list: { usagetype: `Host:${type}` },
    }),
  ),
  row({
    id: 'sagemaker.hosting.storage',
    what: 'Storage of endpoint instances',
    unit: 'GB-month',
    regions: memory.only('us-east-1', '0.14'),
    list: { usagetype: 'Host:VolumeUsage.gp2' },
  }),
  row({
    id: 'sagemaker.hosting.data',
    what: 'Data in and out of endpoints',
    unit: 'GB',
    regions: memory.only('us-east-1', '0.016'),
  }),
  row({
    id: 'sagemaker.serverless.duration',
    what: 'Serverless inference duration',
    unit: 'GB-second',
    regions: memory.only('us-east-1', '0.00002'),
    note: 'the page lists each memory size; this is its 2 GB price by the GB',
  }),
];
