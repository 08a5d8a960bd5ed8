import { operation } from '../../../service.ts';
import { type DynamoContext, onTable, taggedTable } from '../context.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: DynamoContext) =>
  operation('dynamodb', 'UntagResource', {
    accepts: 'all',
    access: (input) => onTable(context, 'UntagResource', input.ResourceArn),
    handle(input) {
      const table = taggedTable(context, input.ResourceArn);
      const gone = input.TagKeys ?? [];
      context.tables.change(table, {
        tags: Object.fromEntries(Object.entries(table.record.tags).filter(([key]) => !gone.includes(key))),
      });
      return {};
    },
  });
