/** AWS Lambda: https://aws.amazon.com/lambda/pricing/ */
import { free, priceFile, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/lambda/pricing/', '2026-09-20', 'aws');
const file = source(priceFile('lambda/USD/current/lambda.json'), '2025-10-30', 'aws');
const row = rowsOf('AWS Lambda', 'AWSLambda');

export const lambda = [
  row({
    id: 'lambda.requests',
    what: 'Requests',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.2'),
    free: free('always', 1_000_000, page, ['lambda.requests.arm64']),
    list: { group: 'AWS-Lambda-Requests' },
  }),
  row({
    id: 'lambda.requests.arm64',
    what: 'Requests (Arm)',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.2'),
    free: free('always', 1_000_000, page, ['lambda.requests']),
    list: { group: 'AWS-Lambda-Requests-ARM' },
  }),
  row({
    id: 'lambda.duration',
    what: 'Duration',
    unit: 'GB-second',
    regions: file.tiers([6_000_000_000, '0.0000166667'], [15_000_000_000, '0.000015'], '0.0000133334'),
    free: free('always', 400_000, page, ['lambda.duration.arm64']),
    list: { group: 'AWS-Lambda-Duration' },
  }),
  row({
    id: 'lambda.duration.arm64',
    what: 'Duration (Arm)',
    unit: 'GB-second',
    regions: file.tiers([7_500_000_000, '0.0000133334'], [18_750_000_000, '0.0000120001'], '0.0000106667'),
    free: free('always', 400_000, page, ['lambda.duration']),
    list: { group: 'AWS-Lambda-Duration-ARM' },
  }),
  row({
    id: 'lambda.ephemeral-storage',
    what: 'Ephemeral storage above 512 MB',
    unit: 'GB-second',
    regions: file.flat('0.0000000309 0.0000000309 0.0000000309 0.000000034 0.0000000367 0.000000037'),
    list: { group: 'AWS-Lambda-Storage-Duration' },
  }),
  row({
    id: 'lambda.ephemeral-storage.arm64',
    what: 'Ephemeral storage above 512 MB (Arm)',
    unit: 'GB-second',
    regions: file.flat('0.0000000309 0.0000000309 0.0000000309 0.000000034 0.0000000367 0.000000037'),
    list: { group: 'AWS-Lambda-Storage-Duration-ARM' },
  }),
  row({
    id: 'lambda.provisioned-concurrency',
    what: 'Provisioned concurrency',
    unit: 'GB-second',
    regions: file.flat('0.0000041667 0.0000041667 0.0000041667 0.000004646 0.0000050147 0.0000051991'),
    list: { group: 'AWS-Lambda-Provisioned-Concurrency' },
  }),
  row({
    id: 'lambda.provisioned-concurrency.arm64',
    what: 'Provisioned concurrency (Arm)',
    unit: 'GB-second',
    regions: file.flat('0.0000033334 0.0000033334 0.0000033334 0.0000037168 0.0000040118 0.0000041593'),
    list: { group: 'AWS-Lambda-Provisioned-Concurrency-ARM' },
  }),
  row({
    id: 'lambda.provisioned-duration',
    what: 'Duration under provisioned concurrency',
    unit: 'GB-second',
    regions: file.flat('0.0000097222 0.0000097222 0.0000097222 0.0000108407 0.0000117011 0.0000121313'),
    list: { group: 'AWS-Lambda-Duration-Provisioned' },
  }),
  row({
    id: 'lambda.provisioned-duration.arm64',
    what: 'Duration under provisioned concurrency (Arm)',
    unit: 'GB-second',
    regions: file.flat('0.0000077778 0.0000077778 0.0000077778 0.0000086726 0.0000093609 0.000009705'),
    list: { group: 'AWS-Lambda-Duration-Provisioned-ARM' },
  }),
  row({
    id: 'lambda.streaming',
    what: 'Response streaming beyond 6 MB a request',
    unit: 'GB',
    regions: file.flat('0.008'),
    free: free('always', 100, page),
    list: { group: 'AWS-Lambda-Processed-Bytes' },
  }),
  row({
    id: 'lambda-edge.requests',
    what: 'Lambda@Edge requests',
    unit: 'request',
    per: 1_000_000,
    regions: file.flat('0.6'),
  }),
  row({
    id: 'lambda-edge.duration',
    what: 'Lambda@Edge duration',
    unit: 'GB-second',
    regions: file.flat('0.00005001'),
  }),
];
