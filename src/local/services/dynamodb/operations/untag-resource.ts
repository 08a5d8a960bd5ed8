import { operation } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { noResource } from '../errors.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: DynamoContext) =>
  operation('dynamodb', 'UntagResource', {
    accepts: 'all',
    access: (input) => onTable(context, 'UntagResource', input.ResourceArn),
    handle(input) {
      const table = context.tables.find(input.ResourceArn);
      if (!table) throw noResource();
      const gone = input.TagKeys ?? [];
      context.tables.change(table, {
        tags: Object.fromEntries(Object.entries(table.record.tags).filter(([key]) => !gone.includes(key))),
      });
      return {};
    },
  });
