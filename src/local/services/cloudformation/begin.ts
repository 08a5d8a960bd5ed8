/** The moment an operation starts: the stack's record, its first event, and the engine, in that order. */
import type { CloudFormationContext } from './context.ts';
import type { Deployment, OperationRecord, StackRecord } from './model.ts';
import { isOpen } from './records.ts';
import { lastOperations } from './shown.ts';

function announce(
  context: CloudFormationContext,
  stack: StackRecord,
  record: OperationRecord,
  reason?: string,
): void {
  context.records.addEvent(stack.id, {
    operationId: record.id,
    ...(record.token ? { token: record.token } : {}),
    logicalId: stack.name,
    physicalId: stack.id,
    type: 'AWS::CloudFormation::Stack',
    status: stack.status,
    ...(reason ? { reason } : {}),
  });
}

export function beginCreate(
  context: CloudFormationContext,
  stack: StackRecord,
  target: Deployment,
  record: OperationRecord,
): void {
  const started: StackRecord = {
    ...stack,
    status: 'CREATE_IN_PROGRESS',
    reason: 'User Initiated',
    target,
    operation: record,
  };
  context.records.transaction(() => {
    context.records.putStack(started);
    announce(context, started, record, 'User Initiated');
  });
  context.engine.start(stack.id);
}

export function begin(
  context: CloudFormationContext,
  stack: StackRecord,
  status: StackRecord['status'],
  record: OperationRecord,
  change: Partial<StackRecord> = {},
): void {
  const { records, env } = context;
  records.transaction(() => {
    const started = records.patchStack(stack.id, {
      ...change,
      status,
      reason: 'User Initiated',
      operation: record,
      lastOperations: lastOperations(stack, record),
      // A stack that a change set made counts as updated, too.
      ...(record.kind === 'update' || change.changeSetId ? { updatedAt: env.clock.now() } : {}),
    });
    // A change set that was not executed describes a stack that is no more; executing one deletes all others.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html
    for (const one of records.changeSetsOf(stack.id).filter(isOpen)) {
      if (one.id === change.changeSetId) continue;
      if (change.changeSetId) records.changeSets.delete([stack.id, one.id]);
      else if (one.executionStatus === 'AVAILABLE')
        records.changeSets.put([stack.id, one.id], { ...one, executionStatus: 'OBSOLETE' });
    }
    announce(context, started, record, 'User Initiated');
  });
  context.engine.start(stack.id);
}
