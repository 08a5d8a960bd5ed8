/** After the stack is in its new (or its old) state: deletes what belongs to neither. */
import type { TemplateGraph } from '../../../../template/index.ts';
import type { ResourceRecord, ResourceVersion } from '../model.ts';
import type { Records } from '../records.ts';
import { parallel } from './in-order.ts';
import { type Removal, removeAll } from './remove.ts';
import type { Run } from './run.ts';

/**
 * After a successful update: old resources of replacements and resources that left the template. A failure is
 * told and forgotten, as on AWS: the stack is updated, the resource stays behind.
 */
export async function cleanUpdated(run: Run, { resources: wanted }: TemplateGraph): Promise<void> {
  const { records } = run.context;
  const { stackId } = run;
  const removals: Removal[] = [];
  const before = records.resources(stackId);
  for (const record of before) {
    const { state, previous, discard = [] } = record;
    if (!wanted.has(record.logicalId)) {
      for (const version of [state, record.change === 'replaced' ? previous : undefined, ...discard])
        if (version) removals.push(whole(records, stackId, record, version));
      if (!state) records.deleteResource(stackId, record.logicalId);
      continue;
    }
    const old = [...(record.change === 'replaced' && previous ? [previous] : []), ...discard];
    for (const version of old)
      removals.push({
        record,
        version,
        policy: state?.updateReplacePolicy ?? 'Delete',
        whole: false,
        done: () => settle(records, stackId, record.logicalId, version),
      });
  }
  if (removals.length > 0) await removeAll(run, { removals, onCreate: false, parallel });
  records.transaction(() => {
    for (const record of removals.length > 0 ? records.resources(stackId) : before)
      if (!wanted.has(record.logicalId)) records.deleteResource(stackId, record.logicalId);
      else if (record.change || record.previous || record.discard)
        records.putResource(stackId, {
          ...record,
          change: undefined,
          previous: undefined,
          discard: undefined,
        });
  });
}

/** After a rollback: what the failed operation made. A failure leaves it in `discard` and is told. */
export async function cleanRolledBack(run: Run): Promise<ReadonlyMap<string, unknown>> {
  const { records } = run.context;
  const { stackId } = run;
  const removals: Removal[] = [];
  for (const record of records.resources(stackId)) {
    if (record.change === 'created') {
      if (record.state) removals.push(whole(records, stackId, record, record.state));
      else records.deleteResource(stackId, record.logicalId);
    }
    for (const version of record.discard ?? [])
      removals.push({
        record,
        version,
        policy: 'Delete',
        whole: false,
        done: () => settle(records, stackId, record.logicalId, version),
      });
  }
  const failures = await removeAll(run, { removals, onCreate: true, parallel });
  records.transaction(() => {
    for (const record of records.resources(stackId))
      if (record.change === 'created') records.deleteResource(stackId, record.logicalId);
      else if (record.discard) records.putResource(stackId, { ...record, discard: undefined });
  });
  return failures;
}

const whole = (
  records: Records,
  stackId: string,
  record: ResourceRecord,
  version: ResourceVersion,
): Removal => ({
  record,
  version,
  policy: version.deletionPolicy,
  whole: version === record.state,
  done: () => {
    if (version === record.state) records.deleteResource(stackId, record.logicalId);
  },
});

/** Forgets one old version, so that a restart in the middle does not delete it twice. */
function settle(records: Records, stackId: string, logicalId: string, version: ResourceVersion): void {
  const record = records.resource(stackId, logicalId);
  if (!record) return;
  const { physicalId } = version;
  records.putResource(stackId, {
    ...record,
    ...(record.previous?.physicalId === physicalId && record.change === 'replaced'
      ? { previous: undefined, change: undefined }
      : {}),
    ...(record.discard ? { discard: record.discard.filter((one) => one.physicalId !== physicalId) } : {}),
  });
}
