import { operation } from '../../../service.ts';

/**
 * The quotas a new account has. Tables have their own throughput here, and no further limit.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html
 */
export const describeLimits = () =>
  operation('dynamodb', 'DescribeLimits', {
    accepts: 'all',
    access: () => ({ action: 'dynamodb:DescribeLimits', resource: '*' }),
    handle: () => ({
      AccountMaxReadCapacityUnits: 80_000,
      AccountMaxWriteCapacityUnits: 80_000,
      TableMaxReadCapacityUnits: 40_000,
      TableMaxWriteCapacityUnits: 40_000,
    }),
  });
