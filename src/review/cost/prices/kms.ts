/** AWS KMS: https://aws.amazon.com/kms/pricing/ . AWS managed and AWS owned keys cost nothing to hold. */
import { free, priceFile, rowsOf, source } from './author.ts';

const page = source(
  'https://aws.amazon.com/kms/pricing/ , as quoted by public projects',
  '2026-08-08',
  'aws-derived',
);
const file = source(priceFile('kms/USD/current/kms.json'), '2025-08-28', 'aws');
const row = rowsOf('AWS KMS', 'awskms');

export const kms = [
  row({
    id: 'kms.key',
    what: 'Customer managed key',
    unit: 'key-month',
    regions: file.flat('1'),
    list: { usagetype: 'KMS-Keys' },
    note: 'the first and second rotation each add a dollar a month',
  }),
  row({
    id: 'kms.requests',
    what: 'Requests',
    unit: 'request',
    per: 10_000,
    regions: file.flat('0.03'),
    free: free('always', 20_000, page),
    list: { usagetype: 'KMS-Requests' },
  }),
  row({
    id: 'kms.requests.rsa-2048',
    what: 'Requests with RSA 2048 keys',
    unit: 'request',
    per: 10_000,
    regions: file.flat('0.03'),
    list: { usagetype: 'KMS-Requests-Asymmetric-RSA_2048' },
  }),
  row({
    id: 'kms.requests.asymmetric',
    what: 'Requests with other asymmetric keys',
    unit: 'request',
    per: 10_000,
    regions: file.flat('0.15'),
    list: { usagetype: 'KMS-Requests-Asymmetric' },
  }),
  row({
    id: 'kms.requests.data-key-pair.ecc',
    what: 'GenerateDataKeyPair, ECC',
    unit: 'request',
    per: 10_000,
    regions: file.flat('0.1'),
    list: { usagetype: 'KMS-Requests-GenerateDatakeyPair-ECC' },
  }),
  row({
    id: 'kms.requests.data-key-pair.rsa',
    what: 'GenerateDataKeyPair, RSA',
    unit: 'request',
    per: 10_000,
    regions: file.flat('12'),
    list: { usagetype: 'KMS-Requests-GenerateDatakeyPair-RSA' },
  }),
];
