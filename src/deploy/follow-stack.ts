/** Follows a stack to the end of the operation that runs, telling its events. */
import {
  type CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Clock } from '../core/clock.ts';
import type { Host } from '../core/events.ts';

export interface FollowOptions {
  readonly cloudformation: CloudFormationClient;
  readonly stackName: string;
  /** Account and region, for the events of a stack that is not where most are. */
  readonly where?: string;
  /** ms between two looks at the stack: small for the local cloud, larger where calls are throttled. */
  readonly pollMs: number;
  readonly clock: Clock;
  readonly host: Host;
}

/** A stack that goes back without a resource that failed says itself why: an output, an export, a cancelled update. */
function isFailure(event: StackEvent): boolean {
  const { ResourceStatus: status, ResourceStatusReason: reason = '' } = event;
  if (status?.endsWith('_FAILED')) return !/cancelled/i.test(reason);
  const goesBack = status?.endsWith('ROLLBACK_IN_PROGRESS') && event.PhysicalResourceId === event.StackId;
  return goesBack === true && !reason.startsWith('The following resource(s) failed');
}

/** @param before the id of the last event that is no news */
export async function settle(options: FollowOptions, stackId: string, before: string | undefined) {
  const failures: StackEvent[] = [];
  let last = before;
  for (;;) {
    // Status first: events written before it are then all there.
    const stack = await describe(options.cloudformation, stackId);
    for (const event of await eventsAfter(options.cloudformation, stackId, last)) {
      last = event.EventId;
      if (isFailure(event)) failures.push(event);
      options.host.notify({
        name: 'stack.event',
        data: {
          stackName: options.stackName,
          ...(options.where === undefined ? {} : { where: options.where }),
          logicalId: event.LogicalResourceId ?? '',
          type: event.ResourceType ?? '',
          status: event.ResourceStatus ?? '',
          ...(event.PhysicalResourceId ? { physicalId: event.PhysicalResourceId } : {}),
          ...(event.ResourceStatusReason ? { reason: event.ResourceStatusReason } : {}),
        },
      });
    }
    if (!stack || (!stack.StackStatus?.endsWith('_IN_PROGRESS') && stack.StackStatus !== undefined))
      return { stack, failures };
    await options.clock.sleep(options.pollMs);
  }
}

export async function describe(
  cloudformation: CloudFormationClient,
  StackName: string,
): Promise<Stack | undefined> {
  try {
    return (await cloudformation.send(new DescribeStacksCommand({ StackName }))).Stacks?.[0];
  } catch (error) {
    if ((error as Error).name === 'ValidationError' && /does not exist/.test((error as Error).message))
      return undefined;
    throw error;
  }
}

/** Oldest first. They come in pages, newest first: reading on beyond the last one that is known would read them all. */
async function eventsAfter(
  cloudformation: CloudFormationClient,
  StackName: string,
  last: string | undefined,
): Promise<StackEvent[]> {
  const found: StackEvent[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudformation.send(
      new DescribeStackEventsCommand({ StackName, ...(NextToken ? { NextToken } : {}) }),
    );
    for (const event of page.StackEvents ?? []) {
      if (event.EventId === last) return found.reverse();
      found.push(event);
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found.reverse();
}

export async function latestEvent(cloudformation: CloudFormationClient, StackName: string) {
  return (await cloudformation.send(new DescribeStackEventsCommand({ StackName }))).StackEvents?.[0]?.EventId;
}
