import { operation } from '../../../service.ts';
import { type DynamoContext, onTable, taggedTable } from '../context.ts';
import { validation } from '../errors.ts';
import { readTags } from '../settings.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export const tagResource = (context: DynamoContext) =>
  operation('dynamodb', 'TagResource', {
    accepts: 'all',
    access: (input) => onTable(context, 'TagResource', input.ResourceArn),
    handle(input) {
      const table = taggedTable(context, input.ResourceArn);
      if (!input.Tags?.length) throw validation('Atleast one Tag needs to be provided as Input.');
      const tags = { ...table.record.tags, ...readTags(input.Tags) };
      readTags(Object.entries(tags).map(([Key, Value]) => ({ Key, Value })));
      context.tables.change(table, { tags });
      return {};
    },
  });
