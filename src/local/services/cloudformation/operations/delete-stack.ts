import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { begin } from '../begin.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { isRunning } from '../model.ts';
import { operationRecord, refuseUnhonoured, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html */
export const deleteStackOperation = (context: CloudFormationContext) =>
  operation('cloudformation', 'DeleteStack', {
    accepts: [
      ...(['StackName', 'RetainResources', 'RoleARN', 'ClientRequestToken', 'DeletionMode'] as const),
      'DeploymentConfig',
    ],
    access: (input) => [
      stackAccess(context, 'DeleteStack', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    async handle(input, call) {
      const { env, records, engine } = context;
      refuseUnhonoured(input);
      // A stack that is not there is deleted already.
      const found = records.findStack(input.StackName ?? '');
      if (!found || found.status === 'DELETE_COMPLETE' || found.status === 'DELETE_IN_PROGRESS') return {};
      if (found.terminationProtection)
        throw invalid(`Stack [${found.name}] cannot be deleted while TerminationProtection is enabled`);
      if (found.parentId !== undefined && call.caller.kind !== 'service') {
        const parent = records.findStack(found.parentId);
        if (parent?.terminationProtection)
          throw invalid(
            `Stack [${found.name}] cannot be deleted while TerminationProtection is enabled on its parent`,
          );
      }
      const skip = input.RetainResources ?? [];
      const force = input.DeletionMode === 'FORCE_DELETE_STACK';
      if ((skip.length > 0 || force) && found.status !== 'DELETE_FAILED')
        throw invalid(
          `Invalid operation on stack [${found.id}]: ${force ? 'FORCE_DELETE_STACK' : 'RetainResources'} is only for stacks in the DELETE_FAILED state.`,
        );
      if (found.status === 'CREATE_IN_PROGRESS') {
        engine.cancel(found.id, 'the stack is being deleted. ');
        await engine.settled(found.id);
      } else if (isRunning(found.status))
        throw invalid(`Stack [${found.id}] cannot be deleted while in status ${found.status}`);
      const stack = records.stack(found.id);
      if (stack.status === 'DELETE_COMPLETE') return {};
      begin(
        context,
        stack,
        'DELETE_IN_PROGRESS',
        operationRecord({
          id: env.uuid(),
          kind: 'delete',
          caller: call.caller,
          token: input.ClientRequestToken,
          skip,
          force,
        }),
        input.RoleARN ? { roleArn: input.RoleARN } : {},
      );
      return {};
    },
  });
