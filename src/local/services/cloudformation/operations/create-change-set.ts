import type { CreateChangeSetCommandInput } from '@aws-sdk/client-cloudformation';
import { passRole } from '../../../pass-role.ts';
import { AwsError, operation, unsupported } from '../../../service.ts';
import { computeChanges } from '../changes.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import type { ChangeSetRecord, StackRecord } from '../model.ts';
import { prepare, principalFor } from '../prepare.ts';
import { isOpen } from '../records.ts';
import { newStackId, refuseUnhonoured, stackAccess } from '../stack-requests.ts';
import { refuseUpdateIn } from '../stack-states.ts';

const noChanges =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/**
 * The changes are worked out before the call is answered. Nested stacks show as one change of the parent; change
 * sets of type IMPORT, drift and express mode are refused by name. ImportExistingResources, which `cdk bootstrap`
 * always asks for, is taken: a resource that turns out to exist fails the stack, naming the import as refused.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html
 */
export const createChangeSet = (context: CloudFormationContext) =>
  operation('cloudformation', 'CreateChangeSet', {
    accepts: [
      ...([
        'StackName',
        'TemplateBody',
        'TemplateURL',
        'UsePreviousTemplate',
        'Parameters',
        'Capabilities',
      ] as const),
      ...(['RoleARN', 'Tags', 'ChangeSetName', 'ClientToken', 'Description', 'ChangeSetType'] as const),
      ...(['IncludeNestedStacks', 'OnStackFailure', 'ImportExistingResources', 'NotificationARNs'] as const),
      ...(['RollbackConfiguration', 'DeploymentConfig'] as const),
    ],
    access: (input) => [
      stackAccess(context, 'CreateChangeSet', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    async handle(input, call) {
      const { env, records } = context;
      refuseUnhonoured(input);
      const type = input.ChangeSetType ?? 'UPDATE';
      if (type === 'IMPORT') throw unsupported('change sets of type IMPORT');
      const name = input.ChangeSetName ?? '';
      if (!/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name))
        throw invalid(
          `The change set name ${name} must satisfy [a-zA-Z][-a-zA-Z0-9]*, at most 128 characters.`,
        );
      const stackName = input.StackName ?? '';
      const found = records.findStack(stackName);
      if (found) {
        const same = records.changeSetsOf(found.id).find((one) => one.name === name && isOpen(one));
        if (same && input.ClientToken !== undefined && same.token === input.ClientToken)
          return { Id: same.id, StackId: same.stackId };
        if (same) throw new AwsError('AlreadyExistsException', `ChangeSet ${same.id} already exists`);
      }
      const stack = type === 'CREATE' ? reviewStack(context, found, input, name) : (found ?? fail(stackName));
      if (type === 'UPDATE') refuseUpdateIn(stack);
      const existing = type === 'UPDATE' ? stack : undefined;
      const { deployment, loaded } = await prepare(context, stack, input, call, existing);
      const invoke = await principalFor(context, input, existing, call);
      const { changes, none } = await computeChanges(context, stack, loaded, invoke);
      // A stack may be made without any resource, when all have a condition that is false.
      const empty = none && type === 'UPDATE';
      const record: ChangeSetRecord = {
        id: env.arn('cloudformation', `changeSet/${name}/${env.uuid()}`),
        name,
        stackId: stack.id,
        stackName: stack.name,
        type,
        status: empty ? 'FAILED' : 'CREATE_COMPLETE',
        ...(empty ? { reason: noChanges } : {}),
        executionStatus: empty ? 'UNAVAILABLE' : 'AVAILABLE',
        description: input.Description,
        createdAt: env.clock.now(),
        target: deployment,
        roleArn: input.RoleARN,
        onStackFailure: input.OnStackFailure,
        includeNestedStacks: input.IncludeNestedStacks ?? false,
        importExisting: input.ImportExistingResources ?? false,
        changes,
        token: input.ClientToken,
      };
      records.transaction(() => {
        if (!records.stacks.has(stack.id)) {
          if (records.findStack(stack.name)) throw invalid(`Stack [${stack.name}] already exists`);
          records.putStack(stack);
          records.addEvent(stack.id, {
            operationId: env.uuid(),
            logicalId: stack.name,
            physicalId: stack.id,
            type: 'AWS::CloudFormation::Stack',
            status: 'REVIEW_IN_PROGRESS',
            reason: 'User Initiated',
          });
        }
        records.changeSets.put([stack.id, record.id], record);
      });
      return { Id: record.id, StackId: stack.id };
    },
  });

const fail = (name: string): never => {
  throw noStackNamed(name);
};

/** The stack of a CREATE change set: there only to be reviewed, without resources. */
function reviewStack(
  context: CloudFormationContext,
  found: StackRecord | undefined,
  input: CreateChangeSetCommandInput,
  changeSet: string,
): StackRecord {
  const { env } = context;
  const name = input.StackName ?? '';
  if (found?.status === 'REVIEW_IN_PROGRESS') return found;
  if (found)
    throw invalid(
      `Stack [${input.StackName}] already exists and cannot be created again with the changeSet [${changeSet}].`,
    );
  return {
    id: newStackId(context, name, env.uuid()),
    name,
    status: 'REVIEW_IN_PROGRESS',
    reason: 'User Initiated',
    createdAt: env.clock.now(),
    disableRollback: false,
    terminationProtection: false,
    outputs: [],
    imports: [],
    lastOperations: [],
  };
}
