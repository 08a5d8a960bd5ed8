import { operation } from '../../../service.ts';
import { type DynamoContext, expressionAttributes } from '../context.ts';
import { readPut } from '../write.ts';
import { onItem, writeItem, writeMembers } from '../write-item.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html */
export const putItem = (context: DynamoContext) =>
  operation('dynamodb', 'PutItem', {
    accepts: ['Item', ...writeMembers],
    access: (input) => onItem(context, 'PutItem', input, input.Item, expressionAttributes(input)),
    handle: (input) => writeItem(context, input, ['NONE', 'ALL_OLD'], readPut(input)),
  });
