import { operation } from '../../../service.ts';
import { type DynamoContext, onTable, taggedTable } from '../context.ts';

/**
 * At most 50 tags: always one page, so there is no NextToken to accept.
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html
 */
export const listTagsOfResource = (context: DynamoContext) =>
  operation('dynamodb', 'ListTagsOfResource', {
    accepts: ['ResourceArn'],
    access: (input) => onTable(context, 'ListTagsOfResource', input.ResourceArn),
    handle(input) {
      const table = taggedTable(context, input.ResourceArn);
      return { Tags: Object.entries(table.record.tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  });
