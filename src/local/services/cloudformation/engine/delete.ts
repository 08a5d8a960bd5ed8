/** Deletes a stack: its resources in reverse dependency order, as their policies say, then its name and exports. */
import type { ResourceRecord } from '../model.ts';
import { isOpen } from '../records.ts';
import { parallel } from './in-order.ts';
import { recoverAll } from './make.ts';
import { settleExports } from './outputs.ts';
import { type Removal, removeAll } from './remove.ts';
import { forget } from './rollback.ts';
import { type Run, resourceEvent, stackEvent, stackOf } from './run.ts';

export async function deleteStack(run: Run): Promise<void> {
  const { records, env } = run.context;
  const stack = stackOf(run);
  for (const { exportName } of stack.outputs) {
    const users =
      exportName === undefined ? [] : records.importers(exportName).filter((one) => one.id !== stack.id);
    if (users.length > 0) {
      stackEvent(
        run,
        'DELETE_FAILED',
        `Delete canceled. Cannot delete export ${exportName} as it is in use by ${users.map((one) => one.name).join(', ')}.`,
      );
      return;
    }
  }
  const lost = await recoverAll(run, 'DELETE_FAILED');
  const removals: Removal[] = [];
  for (const record of records.resources(stack.id)) {
    if (run.operation.skip.includes(record.logicalId)) {
      resourceEvent(run, record, { status: 'DELETE_SKIPPED' });
      forget(run, record.logicalId);
      continue;
    }
    removals.push(...removalsOf(run, record));
  }
  const failures = new Map([...lost, ...(await removeAll(run, { removals, onCreate: false, parallel }))]);
  if (failures.size > 0 && !run.operation.force) {
    stackEvent(
      run,
      'DELETE_FAILED',
      `The following resource(s) failed to delete: [${[...failures.keys()].join(', ')}]. `,
    );
    return;
  }
  records.transaction(() => {
    settleExports(records, stack, []);
    stackEvent(run, 'DELETE_COMPLETE');
    records.releaseName(
      records.patchStack(stack.id, {
        deletedAt: env.clock.now(),
        outputs: [],
        imports: [],
        target: undefined,
      }),
    );
    for (const changeSet of records.changeSetsOf(stack.id))
      if (isOpen(changeSet)) records.changeSets.delete([stack.id, changeSet.id]);
  });
}

function removalsOf(run: Run, record: ResourceRecord): Removal[] {
  const { state, previous, discard = [], change } = record;
  return [state, change === 'replaced' ? previous : undefined, ...discard].flatMap((version) =>
    version
      ? [
          {
            record,
            version,
            policy: version.deletionPolicy,
            whole: version === state,
            done: () => {
              if (version === state) forget(run, record.logicalId);
            },
          },
        ]
      : [],
  );
}
