/** AWS AppSync: https://aws.amazon.com/appsync/pricing/ */
import { free, rowsOf, source } from './author.ts';

const memory = source('https://aws.amazon.com/appsync/pricing/ , from memory', '2026-11-21', 'unverified');
const row = rowsOf('AWS AppSync', 'AWSAppSync');

export const appsync = [
  row({
    id: 'appsync.operations',
    what: 'Query and mutation operations',
    unit: 'operation',
    per: 1_000_000,
    regions: memory.only('us-east-1', '4.00'),
    free: free('first-12-months', 250_000, memory),
  }),
  row({
    id: 'appsync.updates',
    what: 'Real-time updates of up to 5 KB',
    unit: 'update',
    per: 1_000_000,
    regions: memory.only('us-east-1', '2.00'),
    free: free('first-12-months', 250_000, memory),
  }),
  row({
    id: 'appsync.connection-minutes',
    what: 'Real-time connections',
    unit: 'minute',
    per: 1_000_000,
    regions: memory.only('us-east-1', '0.08'),
    free: free('first-12-months', 600_000, memory),
  }),
];
