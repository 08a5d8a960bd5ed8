import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { begin } from '../begin.ts';
import { computeChanges } from '../changes.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid, noStackNamed } from '../errors.ts';
import { prepare, principalFor } from '../prepare.ts';
import { operationRecord, refuseUnhonoured, stackAccess } from '../stack-requests.ts';
import { refuseUpdateIn } from '../stack-states.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
export const updateStack = (context: CloudFormationContext) =>
  operation('cloudformation', 'UpdateStack', {
    accepts: [
      ...(['StackName', 'TemplateBody', 'TemplateURL', 'UsePreviousTemplate', 'Parameters'] as const),
      ...(['Capabilities', 'RoleARN', 'Tags', 'ClientRequestToken', 'DisableRollback'] as const),
      ...(['RetainExceptOnCreate', 'NotificationARNs', 'RollbackConfiguration', 'DeploymentConfig'] as const),
    ],
    access: (input) => [
      stackAccess(context, 'UpdateStack', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    async handle(input, call) {
      const { env, records } = context;
      refuseUnhonoured(input);
      const stack = records.stack(input.StackName ?? '', noStackNamed);
      const token = input.ClientRequestToken;
      if (token !== undefined && stack.operation?.kind === 'update' && stack.operation.token === token)
        return { StackId: stack.id, OperationId: stack.operation.id };
      refuseUpdateIn(stack);
      const { deployment, loaded } = await prepare(context, stack, input, call, stack);
      const invoke = await principalFor(context, input, stack, call);
      const { none } = await computeChanges(context, stack, loaded, invoke);
      if (none) throw invalid('No updates are to be performed.');
      refuseUpdateIn(records.stack(stack.id));
      const record = operationRecord({
        id: env.uuid(),
        kind: 'update',
        caller: call.caller,
        token,
        disableRollback: input.DisableRollback ?? false,
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      begin(context, records.stack(stack.id), 'UPDATE_IN_PROGRESS', record, {
        target: deployment,
        disableRollback: input.DisableRollback ?? false,
        ...(input.RoleARN ? { roleArn: input.RoleARN } : {}),
      });
      return { StackId: stack.id, OperationId: record.id };
    },
  });
