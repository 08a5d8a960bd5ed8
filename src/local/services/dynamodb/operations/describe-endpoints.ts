import { operation } from '../../../service.ts';
import type { DynamoContext } from '../context.ts';

/**
 * Answers this cloud's own address, so that clients with endpoint discovery stay here.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeEndpoints.html
 */
export const describeEndpoints = ({ env }: DynamoContext) =>
  operation('dynamodb', 'DescribeEndpoints', {
    accepts: 'all',
    access: () => ({ action: 'dynamodb:DescribeEndpoints', resource: '*' }),
    handle: () => ({
      Endpoints: [{ Address: env.endpoint.replace(/^https?:\/\//, ''), CachePeriodInMinutes: 1440 }],
    }),
  });
