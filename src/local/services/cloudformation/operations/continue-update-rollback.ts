import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { begin } from '../begin.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import { operationRecord, stackAccess } from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html */
export const continueUpdateRollback = (context: CloudFormationContext) =>
  operation('cloudformation', 'ContinueUpdateRollback', {
    accepts: ['StackName', 'RoleARN', 'ResourcesToSkip', 'ClientRequestToken'],
    access: (input) => [
      stackAccess(context, 'ContinueUpdateRollback', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    handle(input, call) {
      const { env, records } = context;
      const stack = records.stack(input.StackName ?? '', noStackNamed);
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
