/** Amazon ElastiCache: https://aws.amazon.com/elasticache/pricing/ . Memcached nodes cost what Redis OSS nodes cost. */
import { priceFile, recorded, rowsOf, source } from './author.ts';
import type { PriceRow } from './model.ts';

const file = source(priceFile('elasticache/USD/current/elasticache.json'), '2025-03-14', 'aws');
const golden = source(recorded('elasticache_cluster'), '2024-07-01', 'aws-derived');
const row = rowsOf('Amazon ElastiCache', 'AmazonElastiCache');

const redis: Readonly<Record<string, string>> = {
  'cache.t3.micro': '0.017 0.017 0.017 0.018 0.019 0.025',
  'cache.t3.small': '0.034 0.034 0.034 0.036 0.038 0.05',
  'cache.t3.medium': '0.068 0.068 0.068 0.072 0.076 0.1',
  'cache.t4g.micro': '0.016 0.016 0.016 0.017 0.018 0.024',
  'cache.t4g.small': '0.032 0.032 0.032 0.034 0.036 0.048',
  'cache.t4g.medium': '0.065 0.065 0.065 0.068 0.072 0.095',
  'cache.m5.large': '0.156 0.156 0.156 0.172 0.186 0.194',
  'cache.m5.xlarge': '0.311 0.311 0.311 0.343 0.371 0.389',
  'cache.m5.2xlarge': '0.623 0.623 0.623 0.686 0.741 0.778',
  'cache.m5.4xlarge': '1.245 1.245 1.245 1.373 1.482 1.555',
  'cache.m6g.large': '0.149 0.149 0.149 0.164 0.177 0.185',
  'cache.m6g.xlarge': '0.297 0.297 0.297 0.327 0.354 0.369',
  'cache.m6g.2xlarge': '0.593 0.593 0.593 0.654 0.707 0.738',
  'cache.m6g.4xlarge': '1.186 1.186 1.186 1.308 1.414 1.475',
  'cache.m6g.8xlarge': '2.372 2.372 2.372 2.615 2.828 2.949',
  'cache.m7g.large': '0.158 0.158 0.158 0.174 0.188 0.197',
  'cache.m7g.xlarge': '0.315 0.315 0.315 0.347 0.375 0.392',
  'cache.m7g.2xlarge': '0.629 0.629 0.629 0.693 0.749 0.783',
  'cache.m7g.4xlarge': '1.257 1.257 1.257 1.386 1.499 1.564',
  'cache.m7g.8xlarge': '2.514 2.514 2.514 2.772 2.998 3.126',
  'cache.r5.large': '0.216 0.216 0.216 0.241 0.26 0.259',
  'cache.r5.xlarge': '0.431 0.431 0.431 0.48 0.518 0.517',
  'cache.r5.2xlarge': '0.862 0.862 0.862 0.961 1.037 1.035',
  'cache.r5.4xlarge': '1.724 1.724 1.724 1.921 2.075 2.069',
  'cache.r6g.large': '0.206 0.206 0.206 0.229 0.247 0.247',
  'cache.r6g.xlarge': '0.411 0.411 0.411 0.458 0.494 0.493',
  'cache.r6g.2xlarge': '0.821 0.821 0.821 0.916 0.988 0.985',
  'cache.r6g.4xlarge': '1.642 1.642 1.642 1.832 1.976 1.969',
  'cache.r6g.8xlarge': '3.284 3.284 3.284 3.664 3.952 3.937',
  'cache.r7g.large': '0.219 0.219 0.219 0.243 0.263 0.263',
  'cache.r7g.xlarge': '0.437 0.437 0.437 0.487 0.525 0.525',
  'cache.r7g.2xlarge': '0.873 0.873 0.873 0.974 1.05 1.048',
  'cache.r7g.4xlarge': '1.745 1.745 1.745 1.947 2.1 2.094',
  'cache.r7g.8xlarge': '3.491 3.491 3.491 3.895 4.201 4.186',
};

const valkey: Readonly<Record<string, string>> = {
  'cache.t3.micro': '0.0136 0.0136 0.0136 0.0144 0.0152 0.02',
  'cache.t3.small': '0.0272 0.0272 0.0272 0.0288 0.0304 0.04',
  'cache.t3.medium': '0.0544 0.0544 0.0544 0.0576 0.0608 0.08',
  'cache.t4g.micro': '0.0128 0.0128 0.0128 0.0136 0.0144 0.0192',
  'cache.t4g.small': '0.0256 0.0256 0.0256 0.0272 0.0288 0.0384',
  'cache.t4g.medium': '0.052 0.052 0.052 0.0544 0.0576 0.076',
  'cache.m5.large': '0.1248 0.1248 0.1248 0.1376 0.1488 0.1552',
  'cache.m5.xlarge': '0.2488 0.2488 0.2488 0.2744 0.2968 0.3112',
  'cache.m5.2xlarge': '0.4984 0.4984 0.4984 0.5488 0.5928 0.6224',
  'cache.m5.4xlarge': '0.996 0.996 0.996 1.0984 1.1856 1.244',
  'cache.m6g.large': '0.1192 0.1192 0.1192 0.1312 0.1416 0.148',
  'cache.m6g.xlarge': '0.2376 0.2376 0.2376 0.2616 0.2832 0.2952',
  'cache.m6g.2xlarge': '0.4744 0.4744 0.4744 0.5232 0.5656 0.5904',
  'cache.m6g.4xlarge': '0.9488 0.9488 0.9488 1.0464 1.1312 1.18',
  'cache.m6g.8xlarge': '1.8976 1.8976 1.8976 2.092 2.2624 2.3592',
  'cache.m7g.large': '0.1264 0.1264 0.1264 0.1392 0.1504 0.1576',
  'cache.m7g.xlarge': '0.252 0.252 0.252 0.2776 0.3 0.3136',
  'cache.m7g.2xlarge': '0.5032 0.5032 0.5032 0.5544 0.5992 0.6264',
  'cache.m7g.4xlarge': '1.0056 1.0056 1.0056 1.1088 1.1992 1.2512',
  'cache.m7g.8xlarge': '2.0112 2.0112 2.0112 2.2176 2.3984 2.5008',
  'cache.r5.large': '0.1728 0.1728 0.1728 0.1928 0.208 0.2072',
  'cache.r5.xlarge': '0.3448 0.3448 0.3448 0.384 0.4144 0.4136',
  'cache.r5.2xlarge': '0.6896 0.6896 0.6896 0.7688 0.8296 0.828',
  'cache.r5.4xlarge': '1.3792 1.3792 1.3792 1.5368 1.66 1.6552',
  'cache.r6g.large': '0.1648 0.1648 0.1648 0.1832 0.1976 0.1976',
  'cache.r6g.xlarge': '0.3288 0.3288 0.3288 0.3664 0.3952 0.3944',
  'cache.r6g.2xlarge': '0.6568 0.6568 0.6568 0.7328 0.7904 0.788',
  'cache.r6g.4xlarge': '1.3136 1.3136 1.3136 1.4656 1.5808 1.5752',
  'cache.r6g.8xlarge': '2.6272 2.6272 2.6272 2.9312 3.1616 3.1496',
  'cache.r7g.large': '0.1752 0.1752 0.1752 0.1944 0.2104 0.2104',
  'cache.r7g.xlarge': '0.3496 0.3496 0.3496 0.3896 0.42 0.42',
  'cache.r7g.2xlarge': '0.6984 0.6984 0.6984 0.7792 0.84 0.8384',
  'cache.r7g.4xlarge': '1.396 1.396 1.396 1.5576 1.68 1.6752',
  'cache.r7g.8xlarge': '2.7928 2.7928 2.7928 3.116 3.3608 3.3488',
};

const nodes = (engine: string, name: string, prices: Readonly<Record<string, string>>): PriceRow[] =>
  Object.entries(prices).map(([type, line]) =>
    row({
      id: `elasticache.${engine}.${type}`,
      what: `${name} ${type}`,
      unit: 'node-hour',
      scope: 'resource',
      regions: file.flat(line),
      list: { instanceType: type, cacheEngine: name },
    }),
  );

const serverless = (engine: string, name: string, storage: string, ecpus: string): PriceRow[] => [
  row({
    id: `elasticache.serverless.${engine}.storage`,
    what: `${name} serverless, data stored`,
    unit: 'GB-hour',
    regions: file.flat(storage),
    note: engine === 'valkey' ? 'at least 100 MB a cache' : 'at least 1 GB a cache',
  }),
  row({
    id: `elasticache.serverless.${engine}.ecpu`,
    what: `${name} serverless, processing units`,
    unit: 'ECPU',
    per: 1_000_000,
    regions: file.flat(ecpus),
  }),
];

export const elasticache: readonly PriceRow[] = [
  ...nodes('redis', 'Redis', redis),
  ...nodes('valkey', 'Valkey', valkey),
  ...nodes('memcached', 'Memcached', redis),
  ...serverless(
    'valkey',
    'Valkey',
    '0.084 0.084 0.084 0.094 0.101 0.101',
    '0.0023 0.0023 0.0023 0.0025 0.0027 0.0027',
  ),
  ...serverless(
    'redis',
    'Redis',
    '0.125 0.125 0.125 0.14 0.151 0.151',
    '0.0034 0.0034 0.0034 0.0038 0.0041 0.0041',
  ),
  ...serverless(
    'memcached',
    'Memcached',
    '0.125 0.125 0.125 0.14 0.151 0.151',
    '0.0034 0.0034 0.0034 0.0038 0.0041 0.0041',
  ),
  row({
    id: 'elasticache.backup',
    what: 'Backups beyond one a day',
    unit: 'GB-month',
    regions: golden.only('us-east-1', '0.085'),
    list: { usagetype: 'BackupUsage' },
  }),
];
