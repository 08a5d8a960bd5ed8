import { operation } from '../../../service.ts';
import { type DynamoContext, onTable } from '../context.ts';
import { policyNotFound, policyTable } from './put-resource-policy.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_GetResourcePolicy.html */
export const getResourcePolicy = (context: DynamoContext) =>
  operation('dynamodb', 'GetResourcePolicy', {
    accepts: 'all',
    access: (input) => onTable(context, 'GetResourcePolicy', input.ResourceArn),
    handle(input) {
      const { policy } = policyTable(context, input.ResourceArn).record;
      if (!policy)
        throw policyNotFound(
          `Resource-based policy not found for the provided ResourceArn: ${input.ResourceArn}`,
        );
      return { Policy: policy.text, RevisionId: policy.revision };
    },
  });
