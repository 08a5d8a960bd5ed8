import { operation } from '../../../service.ts';
import { type DynamoContext, expressionAttributes } from '../context.ts';
import { readDelete } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteItem.html */
export const deleteItem = (context: DynamoContext) =>
  operation('dynamodb', 'DeleteItem', {
    accepts: ['Key', ...writeMembers],
    access: (input) => onItem(context, 'DeleteItem', input, input.Key, expressionAttributes(input)),
    handle: (input) => writeItem(context, input, ['NONE', 'ALL_OLD'], readDelete(input)),
  });
