import { operation } from '../../../service.ts';
import type { DynamoContext } from '../context.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html */
export const listTables = ({ tables }: DynamoContext) =>
  operation('dynamodb', 'ListTables', {
    accepts: ['ExclusiveStartTableName', 'Limit'],
    access: () => ({ action: 'dynamodb:ListTables', resource: '*' }),
    handle({ ExclusiveStartTableName: start, Limit = 100 }) {
      const names = tables.names().filter((name) => start === undefined || name > start);
      const TableNames = names.slice(0, Limit);
      return {
        TableNames,
        LastEvaluatedTableName: names.length > Limit ? TableNames.at(-1) : undefined,
      };
    },
  });
