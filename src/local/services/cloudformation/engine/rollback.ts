/** Takes a failed operation back to the last good state, from what the resources' records say was done. */
import { reasonOf } from '../../../../core/events.ts';
import type { ResourceRecord } from '../model.ts';
import { resourceTags } from '../resource-tags.ts';
import { cleanRolledBack } from './cleanup.ts';
import { inOrder, parallel } from './in-order.ts';
import { recoverAll } from './make.ts';
import { removeAll } from './remove.ts';
import { Interrupted, type Run, requestFor, resourceEvent, stackEvent, stackOf } from './run.ts';

/** Of a stack that never was: deletes everything made so far. */
export async function rollbackCreate(run: Run, reason: string, thenDelete: boolean): Promise<void> {
  const { records } = run.context;
  if (stackOf(run).status !== 'ROLLBACK_IN_PROGRESS') stackEvent(run, 'ROLLBACK_IN_PROGRESS', reason);
  const failures = await removeCreated(run);
  if (failures.size > 0) {
    stackEvent(
      run,
      'ROLLBACK_FAILED',
      `The following resource(s) failed to delete: [${[...failures.keys()].join(', ')}]. `,
    );
    return;
  }
  records.patchStack(run.stackId, { outputs: [], imports: [] });
  if (thenDelete) {
    stackEvent(run, 'DELETE_IN_PROGRESS');
    records.transaction(() => {
      stackEvent(run, 'DELETE_COMPLETE');
      records.releaseName(records.patchStack(run.stackId, { deletedAt: run.context.env.clock.now() }));
    });
  } else stackEvent(run, 'ROLLBACK_COMPLETE');
}

async function removeCreated(run: Run): Promise<ReadonlyMap<string, unknown>> {
  const { records } = run.context;
  const lost = await recoverAll(run, 'DELETE_FAILED');
  for (const record of records.resources(run.stackId))
    if (!record.state && !record.making && record.status !== 'DELETE_COMPLETE')
      resourceEvent(run, record, { status: 'DELETE_COMPLETE' });
  const removals = records.resources(run.stackId).flatMap((record) =>
    [record.state, ...(record.discard ?? [])].flatMap((version) =>
      version
        ? [
            {
              record,
              version,
              policy: version.deletionPolicy,
              whole: version === record.state,
              done: () => forget(run, record.logicalId),
            },
          ]
        : [],
    ),
  );
  return new Map([...lost, ...(await removeAll(run, { removals, onCreate: true, parallel }))]);
}

/** Keeps the record, with its last status, but nothing that could be deleted again. */
export function forget(run: Run, logicalId: string): void {
  const record = run.context.records.resource(run.stackId, logicalId);
  if (record) {
    const { state, previous, discard, change, making, ...rest } = record;
    run.context.records.putResource(run.stackId, rest);
  }
}

/** Of an update: the old properties again, the old resources again, then deletes what the update made. */
export async function rollbackUpdate(run: Run, reason: string | undefined): Promise<void> {
  const { records } = run.context;
  if (stackOf(run).status !== 'UPDATE_ROLLBACK_IN_PROGRESS')
    stackEvent(run, 'UPDATE_ROLLBACK_IN_PROGRESS', reason);
  const lost = await recoverAll(run, 'UPDATE_FAILED');
  const changed = records
    .resources(run.stackId)
    .filter((one) => one.change === 'updated' || one.change === 'replaced');
  const byId = new Map(changed.map((one) => [one.logicalId, one]));
  const restored = await inOrder({
    ids: [...byId.keys()].filter((id) => !lost.has(id)),
    waitsFor: (id) => byId.get(id)?.previous?.dependsOn ?? [],
    work: async (id) => {
      const record = byId.get(id);
      if (record) await restore(run, record);
    },
    limit: parallel,
    stopped: () => run.stopping(),
  });
  if (run.stopping()) throw new Interrupted();
  const failures = new Map([...lost, ...restored]);
  if (failures.size > 0) {
    stackEvent(
      run,
      'UPDATE_ROLLBACK_FAILED',
      `The following resource(s) failed to update: [${[...failures.keys()].join(', ')}]. `,
    );
    return;
  }
  stackEvent(run, 'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS');
  await finishRollback(run);
}

export async function finishRollback(run: Run): Promise<void> {
  await cleanRolledBack(run);
  run.context.records.patchStack(run.stackId, { target: undefined });
  stackEvent(run, 'UPDATE_ROLLBACK_COMPLETE');
}

async function restore(run: Run, given: ResourceRecord): Promise<void> {
  const { previous, state } = given;
  if (!previous || !state) return;
  const known = await run.context.types.find(given.type);
  const { operation } = run;
  if (operation.skip.includes(given.logicalId)) {
    resourceEvent(
      run,
      { ...given, change: undefined, previous: undefined },
      { status: 'UPDATE_COMPLETE', reason: 'Resource skipped during UpdateRollback' },
    );
    return;
  }
  if (given.change === 'replaced') {
    // The old resource is still there; the new one is deleted by the cleanup.
    const back: ResourceRecord = {
      ...given,
      state: previous,
      change: undefined,
      previous: undefined,
      discard: [...(given.discard ?? []), ...(state.physicalId === previous.physicalId ? [] : [state])],
    };
    resourceEvent(run, back, { status: 'UPDATE_COMPLETE' });
    return;
  }
  const untouched =
    given.status !== 'UPDATE_FAILED' &&
    same(previous.properties, state.properties) &&
    same(previous.stackTags, state.stackTags);
  if (untouched || !known?.handler.update) {
    run.context.records.putResource(run.stackId, {
      ...given,
      state: previous,
      change: undefined,
      previous: undefined,
    });
    return;
  }
  const record = resourceEvent(run, given, {
    status: 'UPDATE_IN_PROGRESS',
    properties: previous.properties,
  });
  try {
    const result = await known.handler.update({
      ...requestFor(
        run,
        record,
        known,
        previous.properties,
        previous.token,
        previous.stackTags,
        'UPDATE_IN_PROGRESS',
      ),
      physicalId: state.physicalId,
      previous: state.properties as Record<string, unknown>,
      previousTags: resourceTags(known, stackOf(run), given.logicalId, state.properties, state.stackTags),
      previousAttributes: state.attributes,
    });
    resourceEvent(
      run,
      {
        ...record,
        state: { ...previous, physicalId: result.physicalId, attributes: result.attributes },
        change: undefined,
        previous: undefined,
      },
      { status: 'UPDATE_COMPLETE', properties: previous.properties },
    );
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    resourceEvent(run, record, { status: 'UPDATE_FAILED', reason: reasonOf(error) });
    throw error;
  }
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
