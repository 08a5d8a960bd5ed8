import { passRole } from '../../../pass-role.ts';
import { operation } from '../../../service.ts';
import { beginCreate } from '../begin.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { prepare } from '../prepare.ts';
import { lastOperations } from '../shown.ts';
import {
  alreadyExists,
  newStackId,
  operationRecord,
  refuseUnhonoured,
  stackAccess,
} from '../stack-requests.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html */
export const createStack = (context: CloudFormationContext) =>
  operation('cloudformation', 'CreateStack', {
    accepts: [
      ...([
        'StackName',
        'TemplateBody',
        'TemplateURL',
        'Parameters',
        'DisableRollback',
        'OnFailure',
      ] as const),
      ...(['Capabilities', 'RoleARN', 'Tags', 'ClientRequestToken', 'EnableTerminationProtection'] as const),
      ...(['RetainExceptOnCreate', 'NotificationARNs', 'RollbackConfiguration', 'DeploymentConfig'] as const),
    ],
    access: (input) => [
      stackAccess(context, 'CreateStack', input.StackName),
      ...passRole('cloudformation.amazonaws.com', input.RoleARN),
    ],
    async handle(input, call) {
      const { env, records } = context;
      const name = input.StackName ?? '';
      refuseUnhonoured(input);
      if (input.DisableRollback !== undefined && input.OnFailure !== undefined)
        throw invalid('You can specify either DisableRollback or OnFailure, but not both.');
      const token = input.ClientRequestToken;
      const existing = records.findStack(name);
      if (existing) {
        // The same call again, whose answer was lost.
        if (
          token !== undefined &&
          existing.operation?.kind === 'create' &&
          existing.operation.token === token
        )
          return { StackId: existing.id, OperationId: existing.operation.id };
        throw alreadyExists(name);
      }
      const id = newStackId(context, name, env.uuid());
      const { deployment, loaded } = await prepare(context, { id, name }, input, call, undefined);
      if (records.findStack(name)) throw alreadyExists(name);
      const record = operationRecord({
        id: env.uuid(),
        kind: 'create',
        caller: call.caller,
        token,
        disableRollback: input.DisableRollback ?? false,
        onFailure: input.OnFailure ?? 'ROLLBACK',
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      beginCreate(
        context,
        {
          id,
          name,
          status: 'CREATE_IN_PROGRESS',
          createdAt: env.clock.now(),
          description: loaded.template.Description,
          roleArn: input.RoleARN,
          disableRollback: input.DisableRollback ?? false,
          terminationProtection: input.EnableTerminationProtection ?? false,
          outputs: [],
          imports: [],
          lastOperations: lastOperations(undefined, record),
        },
        deployment,
        record,
      );
      return { StackId: id, OperationId: record.id };
    },
  });
