import { operation } from '../../../service.ts';
import { type DynamoContext, onTable, taggedTable } from '../context.ts';
import { validation } from '../errors.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export const untagResource = (context: DynamoContext) =>
  operation('dynamodb', 'UntagResource', {
    accepts: 'all',
    access: (input) => onTable(context, 'UntagResource', input.ResourceArn),
    handle(input) {
      const table = taggedTable(context, input.ResourceArn);
      const gone = input.TagKeys ?? [];
      if (gone.length === 0) throw validation('Atleast one Tag Key needs to be provided as Input.');
      context.tables.change(table, {
        tags: Object.fromEntries(Object.entries(table.record.tags).filter(([key]) => !gone.includes(key))),
      });
      return {};
    },
  });
