import { AwsError, operation } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { describeRecovery } from '../recovery.ts';
import type { Table } from '../storage/table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html */
export const describeContinuousBackups = (context: DynamoContext) =>
  operation('dynamodb', 'DescribeContinuousBackups', {
    accepts: 'all',
    access: (input) => onTable(context, 'DescribeContinuousBackups', input.TableName),
    handle: (input) => ({
      ContinuousBackupsDescription: describeRecovery(
        backedUpTable(context, input.TableName).record,
        context.env.clock,
      ),
    }),
  });

export function backedUpTable({ tables }: DynamoContext, name: string | undefined): Table {
  const table = tables.find(name);
  if (!table) throw new AwsError('TableNotFoundException', `Table not found: ${name}`);
  return table;
}
