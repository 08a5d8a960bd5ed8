/**
 * Brings a stack that an earlier operation left half done into a state that a deployment can start from, as a person
 * would with AWS's own operations: what is under way is awaited, a failed rollback is continued, what failed to be
 * created or deleted is deleted. A resource that stands in the way a second time is left behind, and said so.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
import {
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackResourcesCommand,
  type Stack,
  type StackResource,
} from '@aws-sdk/client-cloudformation';
import { SlipwayError } from '../core/errors.ts';
import { describe, type FollowOptions, latestEvent, settle } from './follow-stack.ts';

/** @returns the stack; undefined when there is none (any more) */
export async function readyStack(options: FollowOptions): Promise<Stack | undefined> {
  const { cloudformation, stackName } = options;
  const found = await describe(cloudformation, stackName);
  if (!found?.StackStatus?.endsWith('_IN_PROGRESS') || found.StackStatus === 'REVIEW_IN_PROGRESS')
    return mended(options, found);
  const id = found.StackId ?? stackName;
  const { stack } = await settle(options, id, await latestEvent(cloudformation, id));
  return mended(options, stack?.StackStatus === 'DELETE_COMPLETE' ? undefined : stack);
}

async function mended(options: FollowOptions, stack: Stack | undefined): Promise<Stack | undefined> {
  switch (stack?.StackStatus) {
    case 'ROLLBACK_COMPLETE':
    case 'ROLLBACK_FAILED':
    case 'DELETE_FAILED':
      return tryTwice(
        options,
        stack,
        'DELETE_COMPLETE',
        (StackName, RetainResources) =>
          new DeleteStackCommand({ StackName, ...(RetainResources ? { RetainResources } : {}) }),
      );
    case 'UPDATE_ROLLBACK_FAILED':
      return tryTwice(
        options,
        stack,
        'UPDATE_ROLLBACK_COMPLETE',
        (StackName, ResourcesToSkip) =>
          new ContinueUpdateRollbackCommand({ StackName, ...(ResourcesToSkip ? { ResourcesToSkip } : {}) }),
      );
    default:
      return stack;
  }
}

/** The second time without the resources that failed the first time. */
async function tryTwice(
  options: FollowOptions,
  { StackId = options.stackName }: Stack,
  good: 'DELETE_COMPLETE' | 'UPDATE_ROLLBACK_COMPLETE',
  command: (stackName: string, without?: string[]) => DeleteStackCommand | ContinueUpdateRollbackCommand,
): Promise<Stack | undefined> {
  const { cloudformation, stackName, host } = options;
  let without: readonly StackResource[] = [];
  for (const second of [false, true]) {
    const before = await latestEvent(cloudformation, StackId);
    const ids = without.map(({ LogicalResourceId = '' }) => LogicalResourceId);
    await cloudformation.send(command(StackId, second ? ids : undefined));
    const { stack, failures } = await settle(options, StackId, before);
    if (stack === undefined || stack.StackStatus === good) {
      for (const { LogicalResourceId = '', ResourceType = '', PhysicalResourceId = '' } of without)
        host.notify({
          name: 'stack.resource.left',
          data: {
            stackName,
            logicalId: LogicalResourceId,
            type: ResourceType,
            physicalId: PhysicalResourceId,
          },
        });
      return good === 'DELETE_COMPLETE' ? undefined : stack;
    }
    const { StackResources = [] } = await cloudformation.send(
      new DescribeStackResourcesCommand({ StackName: StackId }),
    );
    without = StackResources.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED'));
    if (second || without.length === 0)
      throw new SlipwayError(
        'local.deploy-failed',
        `${stackName} is ${stack.StackStatus}, and could not be brought out of it:\n${failures
          .map((one) => `  ${one.LogicalResourceId} (${one.ResourceType}): ${one.ResourceStatusReason}`)
          .join('\n')}`,
      );
  }
  return undefined;
}
