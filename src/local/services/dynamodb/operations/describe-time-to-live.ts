import { operation } from '../../../service.ts';
import { type DynamoContext, describedTable, onTable } from '../context.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTimeToLive.html */
export const describeTimeToLive = (context: DynamoContext) =>
  operation('dynamodb', 'DescribeTimeToLive', {
    accepts: 'all',
    access: (input) => onTable(context, 'DescribeTimeToLive', input.TableName),
    handle(input) {
      const { ttl } = describedTable(context, input.TableName).record;
      return {
        TimeToLiveDescription: ttl?.enabled
          ? { TimeToLiveStatus: 'ENABLED' as const, AttributeName: ttl.attribute }
          : { TimeToLiveStatus: 'DISABLED' as const },
      };
    },
  });
