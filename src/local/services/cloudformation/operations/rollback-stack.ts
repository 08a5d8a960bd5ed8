import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { begin } from '../begin.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import { operationRecord, refuseUnhonoured, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_RollbackStack.html */
export const rollbackStack = (context: CloudFormationContext) =>
  operation('cloudformation', 'RollbackStack', {
    accepts: ['StackName', 'RoleARN', 'ClientRequestToken', 'RetainExceptOnCreate', 'DeploymentConfig'],
    access: (input) => [
      stackAccess(context, 'RollbackStack', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    handle(input, call) {
      const { env, records } = context;
      refuseUnhonoured(input);
      const stack = records.stack(input.StackName ?? '', noStackNamed);
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
