import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import type { DynamoContext } from '../context.ts';
import { readPut } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

const read = oncePer(readPut);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = (context: DynamoContext) =>
  operation('dynamodb', 'PutItem', {
    accepts: ['Item', ...writeMembers],
    access: (input) => onItem(context, 'PutItem', input, input.Item, read(input)),
    handle: (input) => writeItem(context, input, ['NONE', 'ALL_OLD'], read(input)),
  });
