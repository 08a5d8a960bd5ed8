import { operation } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { policyNotFound, policyTable } from './put-resource-policy.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy = (context: DynamoContext) =>
  operation('dynamodb', 'DeleteResourcePolicy', {
    accepts: 'all',
    access: (input) => onTable(context, 'DeleteResourcePolicy', input.ResourceArn),
    handle(input) {
      const table = policyTable(context, input.ResourceArn);
      const { policy } = table.record;
      if (input.ExpectedRevisionId !== undefined && input.ExpectedRevisionId !== policy?.revision)
        throw policyNotFound('The resource policy has another revision than the one expected');
      context.tables.change(table, { policy: undefined });
      return { RevisionId: policy?.revision };
    },
  });
