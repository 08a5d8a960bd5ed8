/** RollbackStack, ContinueUpdateRollback, CancelUpdateStack: the ways out of a deployment that went wrong. */
import type {
  CancelUpdateStackCommandInput,
  ContinueUpdateRollbackCommandInput,
  ContinueUpdateRollbackOutput,
  RollbackStackCommandInput,
  RollbackStackOutput,
} from '@aws-sdk/client-cloudformation';
import { operation } from '../../../service.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { begin } from './begin.ts';
import { operationRecord, passRole, refuseUnhonoured, stackAccess } from './shared.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
export const rollbackStack = (context: CloudFormationContext) =>
  operation<RollbackStackCommandInput, RollbackStackOutput>({
    name: 'RollbackStack',
    accepts: ['StackName', 'RoleARN', 'ClientRequestToken', 'RetainExceptOnCreate', 'DeploymentConfig'],
    access: (input) => [stackAccess(context, 'RollbackStack', input.StackName), ...passRole(input.RoleARN)],
    handle(input, call) {
      const { env, records } = context;
      refuseUnhonoured(input);
      const stack = records.stack(input.StackName ?? '');
      if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED')
        throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be rolled back.`);
      const record = operationRecord({
        id: env.uuid(),
        kind: 'rollback',
        caller: call.caller,
        token: input.ClientRequestToken,
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      const status = stack.current ? 'UPDATE_ROLLBACK_IN_PROGRESS' : 'ROLLBACK_IN_PROGRESS';
      begin(context, stack, status, record, input.RoleARN ? { roleArn: input.RoleARN } : {});
      return { StackId: stack.id, OperationId: record.id };
    },
  });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export const continueUpdateRollback = (context: CloudFormationContext) =>
  operation<ContinueUpdateRollbackCommandInput, ContinueUpdateRollbackOutput>({
    name: 'ContinueUpdateRollback',
    accepts: ['StackName', 'RoleARN', 'ResourcesToSkip', 'ClientRequestToken'],
    access: (input) => [
      stackAccess(context, 'ContinueUpdateRollback', input.StackName),
      ...passRole(input.RoleARN),
    ],
    handle(input, call) {
      const { env, records } = context;
      const stack = records.stack(input.StackName ?? '');
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED')
        throw invalid(
          `Stack:${stack.id} is in ${stack.status} state; only UPDATE_ROLLBACK_FAILED can be continued.`,
        );
      const skip = input.ResourcesToSkip ?? [];
      for (const id of skip)
        if (records.resource(stack.id, id)?.status !== 'UPDATE_FAILED')
          throw invalid(`The resource ${id} cannot be skipped: it is not in the UPDATE_FAILED state.`);
      const record = operationRecord({
        id: env.uuid(),
        kind: 'continue-rollback',
        caller: call.caller,
        token: input.ClientRequestToken,
        skip,
      });
      begin(
        context,
        stack,
        'UPDATE_ROLLBACK_IN_PROGRESS',
        record,
        input.RoleARN ? { roleArn: input.RoleARN } : {},
      );
      return {};
    },
  });

export const cancelUpdateStack = (context: CloudFormationContext) =>
  operation<CancelUpdateStackCommandInput, object>({
    name: 'CancelUpdateStack',
    accepts: 'all',
    access: (input) => stackAccess(context, 'CancelUpdateStack', input.StackName),
    handle(input) {
      const stack = context.records.stack(input.StackName ?? '');
      if (
        stack.status !== 'UPDATE_IN_PROGRESS' ||
        !context.engine.cancel(stack.id, 'Update cancelled by user. ')
      )
        throw invalid(`CancelUpdateStack cannot be called from current stack status ${stack.status}`);
      return {};
    },
  });
