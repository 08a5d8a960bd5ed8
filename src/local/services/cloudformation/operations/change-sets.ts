/** DeleteChangeSet and ListChangeSets. */
import type {
  DeleteChangeSetCommandInput,
  DeleteChangeSetOutput,
  ListChangeSetsCommandInput,
  ListChangeSetsOutput,
} from '@aws-sdk/client-cloudformation';
import { AwsError, operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { noSuchStack } from '../errors.ts';
import { page, stackAccess } from './shared.ts';

/** Deleting one that does not exist succeeds, as on AWS. */
export const deleteChangeSet = (context: CloudFormationContext) =>
  operation<DeleteChangeSetCommandInput, DeleteChangeSetOutput>({
    name: 'DeleteChangeSet',
    accepts: 'all',
    access: (input) => stackAccess(context, 'DeleteChangeSet', input.StackName),
    handle(input) {
      const { records } = context;
      const name = input.ChangeSetName ?? '';
      if (!name.startsWith('arn:') && !records.findStack(input.StackName ?? ''))
        throw noSuchStack(input.StackName ?? '');
      for (const found of records.changeSets.values()) {
        const matches = name.startsWith('arn:')
          ? found.id === name
          : found.name === name && found.stackId === records.findStack(input.StackName ?? '')?.id;
        if (!matches) continue;
        if (found.executionStatus === 'EXECUTE_IN_PROGRESS')
          throw new AwsError('InvalidChangeSetStatus', `ChangeSet [${found.id}] is being executed`);
        records.changeSets.delete([found.stackId, found.id]);
        break;
      }
      return {};
    },
  });

export const listChangeSets = (context: CloudFormationContext) =>
  operation<ListChangeSetsCommandInput, ListChangeSetsOutput>({
    name: 'ListChangeSets',
    accepts: 'all',
    access: (input) => stackAccess(context, 'ListChangeSets', input.StackName),
    handle(input) {
      const { id } = context.records.stack(input.StackName ?? '');
      const all = context.records.changeSetsOf(id).sort((a, b) => b.createdAt - a.createdAt);
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
