/** Amazon Cognito: https://aws.amazon.com/cognito/pricing/ */
import { free, priceFile, rowsOf, source } from './author.ts';

const quoted = source(
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonCognito/20260622204707/us-east-1/index.json , as quoted',
  '2026-07-29',
  'aws-derived',
);
const memory = source('https://aws.amazon.com/cognito/pricing/ , from memory', '2026-11-21', 'unverified');
const file = source(priceFile('cognito/USD/current/cognito.json'), '2025-11-03', 'aws');
const row = rowsOf('Amazon Cognito', 'AmazonCognito');

export const cognito = [
  row({
    id: 'cognito.users.lite',
    what: 'Monthly active users (Lite)',
    unit: 'user',
    regions: quoted.tiers([100_000, '0.0055'], [1_000_000, '0.0046'], [10_000_000, '0.00325'], '0.0025'),
    free: free('always', 10_000, quoted),
  }),
  row({
    id: 'cognito.users.essentials',
    what: 'Monthly active users (Essentials)',
    unit: 'user',
    regions: quoted.flat('0.015'),
    free: free('always', 10_000, quoted),
  }),
  row({
    id: 'cognito.users.plus',
    what: 'Monthly active users (Plus)',
    unit: 'user',
    regions: quoted.flat('0.02'),
  }),
  row({
    id: 'cognito.users.federated',
    what: 'Monthly active users by SAML or OIDC',
    unit: 'user',
    regions: file.flat('0.015'),
    free: free('always', 50, memory),
  }),
  row({
    id: 'cognito.m2m.tokens',
    what: 'Machine-to-machine tokens',
    unit: 'token',
    regions: file.tiers([250_000, '0.00225'], [5_000_000, '0.0015'], '0.001125'),
  }),
];
