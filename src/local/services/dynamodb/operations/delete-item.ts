import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import type { DynamoContext } from '../context.ts';
import { readDelete } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

const read = oncePer(readDelete);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const deleteItem = (context: DynamoContext) =>
  operation('dynamodb', 'DeleteItem', {
    accepts: ['Key', ...writeMembers],
    access: (input) => onItem(context, 'DeleteItem', input, input.Key, read(input)),
    handle: (input) => writeItem(context, input, ['NONE', 'ALL_OLD'], read(input)),
  });
