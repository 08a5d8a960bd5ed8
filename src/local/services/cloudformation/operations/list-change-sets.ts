import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { noStackNamed } from '../errors.ts';
import { isOpen } from '../records.ts';
import { page, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
export const listChangeSets = (context: CloudFormationContext) =>
  operation('cloudformation', 'ListChangeSets', {
    accepts: 'all',
    access: (input) => stackAccess(context, 'ListChangeSets', input.StackName),
    handle(input) {
      const { id } = context.records.stack(input.StackName ?? '', noStackNamed);
      const all = context.records
        .changeSetsOf(id)
        .filter(isOpen)
        .sort((a, b) => b.createdAt - a.createdAt);
      const { items, next } = page(all, input.NextToken);
      return {
        Summaries: items.map((one) => ({
          StackId: one.stackId,
          StackName: one.stackName,
          ChangeSetId: one.id,
          ChangeSetName: one.name,
          ExecutionStatus: one.executionStatus,
          Status: one.status,
          ...(one.reason ? { StatusReason: one.reason } : {}),
          CreationTime: new Date(one.createdAt),
          ...(one.description ? { Description: one.description } : {}),
          IncludeNestedStacks: one.includeNestedStacks,
          ImportExistingResources: one.importExisting,
        })),
        NextToken: next,
      };
    },
  });
