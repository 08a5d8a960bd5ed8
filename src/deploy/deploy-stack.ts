/**
 * Creates or updates one stack through a change set and follows it to its end. The same calls drive the local
 * cloud and AWS; the client says which.
 */
import {
  type Capability,
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  type Stack,
  type StackEvent,
} from '@aws-sdk/client-cloudformation';
import type { Clock } from '../core/clock.ts';
import { SlipwayError } from '../core/errors.ts';
import type { Host } from '../core/events.ts';

interface DeployStackOptions {
  readonly cloudformation: CloudFormationClient;
  readonly stackName: string;
  readonly template: { readonly body: string } | { readonly url: string };
  readonly parameters?: Readonly<Record<string, string>>;
  /** Parameters that keep the value that the stack has. */
  readonly previousParameters?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  /** ms between two looks at the stack: small for the local cloud, larger where calls are throttled. */
  readonly pollMs: number;
  readonly clock: Clock;
  readonly host: Host;
}

interface DeployedStack {
  readonly stackName: string;
  readonly stackId: string;
  readonly changed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
}

const capabilities: Capability[] = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];

/** @throws SlipwayError local.deploy-failed with the reasons CloudFormation gave */
export async function deployStack(options: DeployStackOptions): Promise<DeployedStack> {
  const { cloudformation, stackName, host } = options;
  let existing = await describe(cloudformation, stackName);
  if (existing?.StackStatus === 'ROLLBACK_COMPLETE' || existing?.StackStatus === 'ROLLBACK_FAILED') {
    // A stack whose creation failed can only be deleted: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
    await cloudformation.send(new DeleteStackCommand({ StackName: stackName }));
    await settle(options, existing.StackId ?? stackName, undefined);
    existing = undefined;
  }
  const update = existing !== undefined && existing.StackStatus !== 'REVIEW_IN_PROGRESS';
  const before = update ? await latestEvent(cloudformation, existing?.StackId ?? stackName) : undefined;
  const created = await cloudformation
    .send(
      new CreateChangeSetCommand({
        StackName: stackName,
        ChangeSetName: `slipway-${options.clock.wall()}`,
        ChangeSetType: update ? 'UPDATE' : 'CREATE',
        Capabilities: capabilities,
        ...('url' in options.template
          ? { TemplateURL: options.template.url }
          : { TemplateBody: options.template.body }),
        Parameters: [
          ...Object.entries(options.parameters ?? {}).map(([ParameterKey, ParameterValue]) => ({
            ParameterKey,
            ParameterValue,
          })),
          ...(update ? (options.previousParameters ?? []) : []).map((ParameterKey) => ({
            ParameterKey,
            UsePreviousValue: true,
          })),
        ],
        Tags: Object.entries(options.tags ?? {}).map(([Key, Value]) => ({ Key, Value })),
        ...(options.roleArn ? { RoleARN: options.roleArn } : {}),
      }),
    )
    .catch((error: Error) => {
      // What CloudFormation finds wrong with a template is the template's, not ours.
      if (error.name !== 'ValidationError') throw error;
      throw new SlipwayError('local.deploy-failed', `${stackName} cannot be deployed: ${error.message}`, {
        cause: error,
      });
    });
  const ChangeSetName = created.Id;
  const stackId = created.StackId ?? stackName;
  let resources: number | undefined;
  for (;;) {
    const set = await cloudformation.send(
      new DescribeChangeSetCommand({ ChangeSetName, StackName: stackId }),
    );
    if (set.Status === 'CREATE_COMPLETE') {
      // Of a set that has more than one page only AWS knows how long it is.
      if (set.NextToken === undefined) resources = set.Changes?.length;
      break;
    }
    if (set.Status === 'FAILED') {
      await cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName, StackName: stackId }));
      if (/didn't contain changes|No updates are to be performed/.test(set.StatusReason ?? ''))
        return {
          stackName,
          stackId,
          changed: false,
          outputs: outputsOf(await describe(cloudformation, stackId)),
        };
      throw new SlipwayError(
        'local.deploy-failed',
        `${stackName} cannot be deployed: ${set.StatusReason ?? 'the change set failed'}`,
      );
    }
    await options.clock.sleep(options.pollMs);
  }
  host.notify({
    name: 'stack.deploy.started',
    data: { stackName, update, ...(resources === undefined ? {} : { resources }) },
  });
  await cloudformation.send(new ExecuteChangeSetCommand({ ChangeSetName, StackName: stackId }));
  const { stack, failures } = await settle(options, stackId, before);
  const status = stack?.StackStatus ?? 'gone';
  if (status !== 'CREATE_COMPLETE' && status !== 'UPDATE_COMPLETE')
    throw new SlipwayError(
      'local.deploy-failed',
      `${stackName} ended ${status}${stack?.StackStatusReason ? ` (${stack.StackStatusReason})` : ''}:\n${failures
        .map((e) => `  ${e.LogicalResourceId} (${e.ResourceType}): ${e.ResourceStatusReason}`)
        .join('\n')}`,
    );
  return { stackName, stackId, changed: true, outputs: outputsOf(stack) };
}

/** A stack that goes back without a resource that failed says itself why: an output, an export, a cancelled update. */
function isFailure(event: StackEvent): boolean {
  const { ResourceStatus: status, ResourceStatusReason: reason = '' } = event;
  if (status?.endsWith('_FAILED')) return !/cancelled/i.test(reason);
  const goesBack = status?.endsWith('ROLLBACK_IN_PROGRESS') && event.PhysicalResourceId === event.StackId;
  return goesBack === true && !reason.startsWith('The following resource(s) failed');
}

/** @param before the id of the last event that is no news */
async function settle(options: DeployStackOptions, stackId: string, before: string | undefined) {
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

async function describe(cloudformation: CloudFormationClient, StackName: string): Promise<Stack | undefined> {
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

async function latestEvent(cloudformation: CloudFormationClient, StackName: string) {
  return (await cloudformation.send(new DescribeStackEventsCommand({ StackName }))).StackEvents?.[0]?.EventId;
}

const outputsOf = (stack: Stack | undefined): Record<string, string> =>
  Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
