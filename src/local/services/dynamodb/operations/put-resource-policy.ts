import { AwsError, operation, unsupported } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { noResource } from '../errors.ts';
import { readPolicy } from '../settings.ts';
import type { Table } from '../storage/table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutResourcePolicy.html */
export const putResourcePolicy = (context: DynamoContext) =>
  operation('dynamodb', 'PutResourcePolicy', {
    // ConfirmRemoveSelfResourceAccess only guards against locking oneself out across accounts.
    accepts: ['ResourceArn', 'Policy', 'ExpectedRevisionId'],
    access: (input) => onTable(context, 'PutResourcePolicy', input.ResourceArn),
    handle(input) {
      const table = policyTable(context, input.ResourceArn);
      const { policy: old } = table.record;
      const expected = input.ExpectedRevisionId;
      if (expected !== undefined && expected !== (old?.revision ?? 'NO_POLICY'))
        throw policyNotFound('The resource policy has another revision than the one expected');
      const policy = readPolicy(context.env, input.Policy);
      if (policy) context.tables.change(table, { policy });
      return { RevisionId: policy?.revision };
    },
  });

export function policyTable({ tables }: DynamoContext, arn = ''): Table {
  if (/:table\/[^/]+\/(index|stream)\//.test(arn))
    throw unsupported('resource policies of indexes and streams');
  const table = tables.find(arn);
  if (!table) throw noResource();
  return table;
}

export const policyNotFound = (message: string) => new AwsError('PolicyNotFoundException', message);
