/**
 * Creates or updates one stack through a change set and follows it to its end. The same calls drive the local
 * cloud and AWS; the client says which.
 */
import {
  type Capability,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { SlipwayError } from '../core/errors.ts';
import { describe, type FollowOptions, latestEvent, settle } from './follow-stack.ts';
import { readyStack } from './ready-stack.ts';

interface DeployStackOptions extends FollowOptions {
  readonly template: { readonly body: string } | { readonly url: string };
  readonly parameters?: Readonly<Record<string, string>>;
  /** Keep the value they have. */
  readonly previousParameters?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
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
  const where = options.where === undefined ? {} : { where: options.where };
  const existing = await readyStack(options);
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
    data: { stackName, ...where, update, ...(resources === undefined ? {} : { resources }) },
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

const outputsOf = (stack: Stack | undefined): Record<string, string> =>
  Object.fromEntries(
    (stack?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
