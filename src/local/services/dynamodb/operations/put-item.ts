import { operation } from '../../../service.ts';
import type { DynamoContext } from '../context.ts';
import { planPut } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = (context: DynamoContext) =>
  operation('dynamodb', 'PutItem', {
    accepts: ['Item', ...writeMembers],
    access: (input) => onItem(context, 'PutItem', input, input.Item, []),
    handle: (input) => writeItem(context, input, ['NONE', 'ALL_OLD'], (table) => planPut(table, input)),
  });
