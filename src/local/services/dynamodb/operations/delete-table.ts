import { operation } from '../../../service.ts';
import { type DynamoContext, describedTable, onTable } from '../context.ts';
import { describeTable } from '../describe.ts';
import { validation } from '../errors.ts';
import { closeStream } from '../stream-settings.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteTable.html */
export const deleteTable = (context: DynamoContext) =>
  operation('dynamodb', 'DeleteTable', {
    accepts: ['TableName'],
    access: (input) => onTable(context, 'DeleteTable', input.TableName),
    handle(input) {
      const table = describedTable(context, input.TableName);
      if (table.record.deletionProtection)
        throw validation(
          `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.`,
        );
      // AWS leaves these out of what it says of a table on its way out.
      const { AttributeDefinitions, CreationDateTime, KeySchema, ...description } = describeTable(
        table,
        'DELETING',
      );
      const { stream } = table.record;
      if (stream) closeStream(context, stream.arn);
      context.tables.remove(table);
      return { TableDescription: description };
    },
  });
