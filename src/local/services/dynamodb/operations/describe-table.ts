import { operation } from '../../../service.ts';
import { type DynamoContext, describedTable, onTable } from '../context.ts';
import { describeTable as describe } from '../describe.ts';

/**
 * Counts are exact; on AWS they are up to six hours old.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeTable.html
 */
export const describeTable = (context: DynamoContext) =>
  operation('dynamodb', 'DescribeTable', {
    accepts: ['TableName'],
    access: (input) => onTable(context, 'DescribeTable', input.TableName),
    handle: (input) => ({ Table: describe(describedTable(context, input.TableName)) }),
  });
