/** AWS Step Functions: https://aws.amazon.com/step-functions/pricing/ . Retries are transitions too. */
import { free, recorded, rowsOf, source } from './author.ts';

const page = source('https://aws.amazon.com/step-functions/pricing/', '2026-11-21', 'aws');
const golden = source(recorded('sfn_state_machine'), '2024-07-01', 'aws-derived');
const row = rowsOf('AWS Step Functions', 'AmazonStates');

export const stepFunctions = [
  row({
    id: 'step-functions.standard.transitions',
    what: 'State transitions (Standard)',
    unit: 'transition',
    per: 1_000,
    regions: page.flat('0.025'),
    free: free('always', 4_000, page),
    list: { usagetype: 'StateTransition' },
  }),
  row({
    id: 'step-functions.express.requests',
    what: 'Requests (Express)',
    unit: 'request',
    per: 1_000_000,
    regions: golden.only('us-east-1', '1.00'),
    list: { usagetype: 'StepFunctions-Request' },
  }),
  row({
    id: 'step-functions.express.duration',
    what: 'Duration (Express), by 100 ms and 64 MB',
    unit: 'GB-second',
    // 1,000 and 5,000 GB-hours.
    regions: golden.only('us-east-1', [3_600_000, '0.00001667'], [18_000_000, '0.00000833'], '0.00000456'),
    list: { usagetype: 'StepFunctions-GB-Second' },
  }),
];
