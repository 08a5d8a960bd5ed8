/**
 * Runs stack operations in the background, one at a time per stack, and takes up at a restart what a stop or a
 * crash interrupted: deletions and cleanups go on, deployments are rolled back.
 */
import { reasonOf } from '../../../../core/events.ts';
import { reportBug } from '../../../../core/report-bug.ts';
import type { CloudFormationContext, Engine } from '../context.ts';
import { loadDeployment } from '../deployment.ts';
import { isRunning, type OperationRecord, type StackRecord } from '../model.ts';
import { cleanUpdated } from './cleanup.ts';
import { deleteStack } from './delete.ts';
import { deploy } from './deploy.ts';
import { recovered } from './make.ts';
import { finishRollback, rollbackCreate, rollbackUpdate } from './rollback.ts';
import { Interrupted, principalOf, type Run, resourceEvent, stackEvent } from './run.ts';

const stopped = 'the local cloud stopped during the operation';

export function createEngine(context: () => CloudFormationContext): Engine {
  const running = new Map<string, { readonly done: Promise<void>; cancel(reason: string): void }>();
  let stopping = false;

  function launch(stackId: string, body: (run: Run) => Promise<void>): void {
    let current: Run | undefined;
    let cancelled: string | undefined;
    const cancel = (reason: string) => {
      cancelled ??= reason;
      current?.cancel(reason);
    };
    const done = (async () => {
      await null;
      const stack = context().records.stack(stackId);
      const { operation } = stack;
      if (!operation) return;
      try {
        current = await openRun(stack, operation);
        if (cancelled !== undefined) current.cancel(cancelled);
        await body(current);
      } catch (error) {
        if (error instanceof Interrupted || stopping) return;
        failed(stackId, error);
      }
      await finished(stackId);
    })();
    const ended = done
      .catch((error: unknown) => reportBug(context().env.host, `stack ${stackId}`, error))
      .finally(() => running.delete(stackId));
    running.set(stackId, { done: ended, cancel });
  }

  async function openRun(stack: StackRecord, operation: OperationRecord): Promise<Run> {
    const abort = new AbortController();
    let why: string | undefined;
    return {
      context: context(),
      stackId: stack.id,
      operation,
      invoke: await principalOf(context(), stack, operation),
      dynamic: new Map(),
      secrets: new Set(),
      making: new Map(),
      signal: abort.signal,
      cancelled: () => why,
      cancel(reason) {
        why ??= reason;
        abort.abort();
      },
      stopping: () => stopping,
    };
  }

  /** A bug of ours, or a role that cannot be assumed: the stack says so instead of hanging. */
  function failed(stackId: string, error: unknown): void {
    const { records, env } = context();
    const stack = records.stack(stackId);
    const status = (
      {
        create: 'CREATE_FAILED',
        update: 'UPDATE_FAILED',
        delete: 'DELETE_FAILED',
        rollback: stack.current ? 'UPDATE_ROLLBACK_FAILED' : 'ROLLBACK_FAILED',
        'continue-rollback': 'UPDATE_ROLLBACK_FAILED',
      } as const
    )[stack.operation?.kind ?? 'update'];
    const reason = reasonOf(error);
    records.transaction(() => {
      records.patchStack(stackId, { status, reason });
      records.addEvent(stackId, {
        operationId: stack.operation?.id ?? env.uuid(),
        logicalId: stack.name,
        physicalId: stack.id,
        type: 'AWS::CloudFormation::Stack',
        status,
        reason,
      });
    });
    if (!(error instanceof Error && 'status' in error)) reportBug(env.host, `stack ${stack.name}`, error);
  }

  async function finished(stackId: string): Promise<void> {
    const { records } = context();
    const stack = records.patchStack(stackId, { operation: undefined });
    for (const changeSet of records.changeSetsOf(stackId))
      if (changeSet.executionStatus === 'EXECUTE_IN_PROGRESS')
        records.changeSets.put([stackId, changeSet.id], {
          ...changeSet,
          executionStatus: /^(CREATE|UPDATE)_COMPLETE$/.test(stack.status)
            ? 'EXECUTE_COMPLETE'
            : 'EXECUTE_FAILED',
        });
  }

  /** The rollback of a failed operation counts as an operation of its own. */
  async function asRollback(run: Run): Promise<Run> {
    const { records, env } = run.context;
    const operation: OperationRecord = { ...run.operation, id: env.uuid(), kind: 'rollback' };
    const stack = records.patchStack(run.stackId, {
      operation,
      lastOperations: [
        { id: operation.id, kind: operation.kind },
        ...records.stack(run.stackId).lastOperations,
      ].slice(0, 5),
    });
    const next = await openRun(stack, operation);
    for (const secret of run.secrets) next.secrets.add(secret);
    return next;
  }

  async function deployment(run: Run): Promise<void> {
    const { operation, context: at } = run;
    const creates = operation.kind === 'create';
    const reason = await deploy(run);
    if (reason === undefined) return;
    await afterFailure(run, creates, reason, at.records.stack(run.stackId));
  }

  async function afterFailure(run: Run, creates: boolean, reason: string, stack: StackRecord): Promise<void> {
    const { operation } = run;
    const deleteAfter = operation.onFailure === 'DELETE';
    if (operation.disableRollback || (creates && operation.onFailure === 'DO_NOTHING')) {
      stackEvent(run, creates ? 'CREATE_FAILED' : 'UPDATE_FAILED', reason);
      return;
    }
    const back = await asRollback(run);
    if (!stack.current)
      await rollbackCreate(back, `${sentence(reason)}Rollback requested by user.`, deleteAfter);
    else await rollbackUpdate(back, reason);
  }

  const bodies: Readonly<Record<OperationRecord['kind'], (run: Run) => Promise<void>>> = {
    create: deployment,
    update: deployment,
    delete: deleteStack,
    async rollback(run) {
      const stack = run.context.records.stack(run.stackId);
      if (stack.current) await rollbackUpdate(run, 'Rollback requested by user.');
      else await rollbackCreate(run, 'Rollback requested by user.', false);
    },
    'continue-rollback': (run) => rollbackUpdate(run, undefined),
  };

  /** What to do with a stack that was in the middle of something when the cloud stopped. */
  async function takeUp(run: Run): Promise<void> {
    const { records } = run.context;
    const stack = records.stack(run.stackId);
    for (const record of records.resources(stack.id)) {
      if (record.status !== 'CREATE_IN_PROGRESS' && record.status !== 'UPDATE_IN_PROGRESS') continue;
      // What cannot be looked for now is looked for again when it is deleted.
      const known = await recovered(run, record).catch(() => record);
      resourceEvent(run, known, {
        status: record.status === 'CREATE_IN_PROGRESS' ? 'CREATE_FAILED' : 'UPDATE_FAILED',
        reason:
          known.state || record.making
            ? stopped
            : `${stopped}; whether the resource was made before that is not known`,
      });
    }
    switch (stack.status) {
      case 'DELETE_IN_PROGRESS':
        return deleteStack(run);
      case 'CREATE_IN_PROGRESS':
      case 'UPDATE_IN_PROGRESS':
        return afterFailure(run, stack.status === 'CREATE_IN_PROGRESS', `${stopped}. `, stack);
      case 'ROLLBACK_IN_PROGRESS':
        return rollbackCreate(run, `${stopped}. `, run.operation.onFailure === 'DELETE');
      case 'UPDATE_ROLLBACK_IN_PROGRESS':
        return rollbackUpdate(run, `${stopped}. `);
      case 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS':
        return finishRollback(run);
      case 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS': {
        const { graph } = loadDeployment(run.context.env, records, stack, stack.current ?? missing());
        await cleanUpdated(run, graph);
        return stackEvent(run, 'UPDATE_COMPLETE');
      }
    }
  }

  return {
    start(stackId) {
      const kind = context().records.stack(stackId).operation?.kind;
      if (kind) launch(stackId, bodies[kind]);
    },
    async settled(stackId) {
      await running.get(stackId)?.done;
    },
    cancel(stackId, reason) {
      const run = running.get(stackId);
      run?.cancel(reason);
      return run !== undefined;
    },
    resume() {
      for (const stack of context().records.liveStacks())
        if (isRunning(stack.status) && stack.operation) launch(stack.id, takeUp);
    },
    async stop() {
      stopping = true;
      const all = [...running.values()];
      for (const run of all) run.cancel(stopped);
      await Promise.allSettled(all.map((run) => run.done));
    },
  };
}

/** AWS ends a reason that is not a sentence of its own with a full stop, also behind one that has it. */
const sentence = (reason: string) => (reason.endsWith('. ') ? reason : `${reason}. `);

function missing(): never {
  throw new Error('a stack in cleanup without a deployment');
}
