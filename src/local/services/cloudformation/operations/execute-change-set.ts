import { AwsError, operation } from '../../../service.ts';
import { begin } from '../begin.ts';
import type { CloudFormationContext } from '../context.ts';
import { invalid } from '../errors.ts';
import { operationRecord, stackAccess } from '../stack-requests.ts';
import { refuseUpdateIn } from '../stack-states.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html */
export const executeChangeSet = (context: CloudFormationContext) =>
  operation('cloudformation', 'ExecuteChangeSet', {
    accepts: ['ChangeSetName', 'StackName', 'ClientRequestToken', 'DisableRollback', 'RetainExceptOnCreate'],
    access: (input) =>
      stackAccess(
        context,
        'ExecuteChangeSet',
        context.records.changeSet(input.ChangeSetName ?? '', input.StackName).stackId,
      ),
    handle(input, call) {
      const { env, records } = context;
      const changeSet = records.changeSet(input.ChangeSetName ?? '', input.StackName);
      const stack = records.stack(changeSet.stackId);
      if (changeSet.executionStatus !== 'AVAILABLE')
        throw new AwsError(
          'InvalidChangeSetStatus',
          changeSet.status === 'FAILED'
            ? `ChangeSet [${changeSet.id}] cannot be executed in its current status of [FAILED]`
            : `ChangeSet [${changeSet.id}] cannot be executed in its current execution status of [${changeSet.executionStatus}]`,
        );
      if (changeSet.type === 'UPDATE') refuseUpdateIn(stack);
      else if (stack.status !== 'REVIEW_IN_PROGRESS')
        throw invalid(
          `Stack [${stack.name}] is in ${stack.status} state and can not be created by a change set.`,
        );
      const onFailure = changeSet.onStackFailure ?? 'ROLLBACK';
      const disableRollback = input.DisableRollback ?? onFailure === 'DO_NOTHING';
      const kind = changeSet.type === 'CREATE' ? 'create' : 'update';
      const record = operationRecord({
        id: env.uuid(),
        kind,
        caller: call.caller,
        token: input.ClientRequestToken,
        disableRollback,
        onFailure,
        importExisting: changeSet.importExisting,
        retainExceptOnCreate: input.RetainExceptOnCreate ?? false,
      });
      records.changeSets.put([stack.id, changeSet.id], {
        ...changeSet,
        executionStatus: 'EXECUTE_IN_PROGRESS',
      });
      begin(context, stack, kind === 'create' ? 'CREATE_IN_PROGRESS' : 'UPDATE_IN_PROGRESS', record, {
        target: changeSet.target,
        changeSetId: changeSet.id,
        disableRollback,
        ...(changeSet.roleArn ? { roleArn: changeSet.roleArn } : {}),
      });
      return {};
    },
  });
