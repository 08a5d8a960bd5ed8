import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { page } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListExports.html */
export const listExports = (context: CloudFormationContext) =>
  operation('cloudformation', 'ListExports', {
    accepts: 'all',
    access: () => ({ action: 'cloudformation:ListExports', resource: '*' }),
    handle(input) {
      const { items, next } = page([...context.records.exports.values()], input.NextToken);
      return {
        Exports: items.map((one) => ({ ExportingStackId: one.stackId, Name: one.name, Value: one.value })),
        NextToken: next,
      };
    },
  });
