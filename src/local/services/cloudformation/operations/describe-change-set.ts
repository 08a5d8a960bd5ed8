import type { Change } from '@aws-sdk/client-cloudformation';
import { tagList } from '../../../resource-tags.ts';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { shownParameters, unlessEmpty } from '../shown.ts';
import { stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export const describeChangeSet = (context: CloudFormationContext) =>
  operation('cloudformation', 'DescribeChangeSet', {
    accepts: 'all',
    access: (input) =>
      stackAccess(
        context,
        'DescribeChangeSet',
        input.StackName ?? context.records.changeSet(input.ChangeSetName ?? '', undefined).stackId,
      ),
    handle(input) {
      const found = context.records.changeSet(input.ChangeSetName ?? '', input.StackName);
      return {
        ChangeSetName: found.name,
        ChangeSetId: found.id,
        StackId: found.stackId,
        StackName: found.stackName,
        ...(found.description ? { Description: found.description } : {}),
        Parameters: unlessEmpty(shownParameters(context, found.stackId, found.target)),
        CreationTime: new Date(found.createdAt),
        ExecutionStatus: found.executionStatus,
        Status: found.status,
        ...(found.reason ? { StatusReason: found.reason } : {}),
        NotificationARNs: [],
        RollbackConfiguration: {},
        Capabilities: unlessEmpty([...found.target.capabilities]),
        Tags: unlessEmpty(tagList(found.target.tags)),
        Changes: found.changes.map(input.IncludePropertyValues ? (one) => one : withoutValues),
        IncludeNestedStacks: found.includeNestedStacks,
        ...(found.onStackFailure ? { OnStackFailure: found.onStackFailure } : {}),
        ImportExistingResources: found.importExisting,
      };
    },
  });

function withoutValues(change: Change): Change {
  const { BeforeContext, AfterContext, ...resource } = change.ResourceChange ?? {};
  return {
    ...change,
    ResourceChange: {
      ...resource,
      Details: resource.Details?.map((detail) => {
        const { BeforeValue, AfterValue, Path, AttributeChangeType, ...target } = detail.Target ?? {};
        return { ...detail, Target: target };
      }),
    },
  };
}
