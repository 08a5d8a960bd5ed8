import { operation } from '../../../service.ts';
import { oncePer } from '../../../wire/once.ts';
import type { DynamoContext } from '../context.ts';
import { readUpdateItem } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

const returnValues = ['NONE', 'ALL_OLD', 'ALL_NEW', 'UPDATED_OLD', 'UPDATED_NEW'];

const read = oncePer(readUpdateItem);

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateItem.html */
export const updateItem = (context: DynamoContext) =>
  operation('dynamodb', 'UpdateItem', {
    accepts: ['Key', 'UpdateExpression', 'AttributeUpdates', ...writeMembers],
    access: (input) => onItem(context, 'UpdateItem', input, input.Key, read(input)),
    handle: (input) => writeItem(context, input, returnValues, read(input)),
  });
