/** Deletes physical resources in reverse dependency order, as their policies say. */
import { reasonOf } from '../../../../core/events.ts';
import { hasCode } from '../../../service.ts';
import type { ResourceRecord, ResourceVersion } from '../model.ts';
import { inOrder } from './in-order.ts';
import { Interrupted, type Run, requestFor, resourceEvent } from './run.ts';

export interface Removal {
  readonly record: ResourceRecord;
  readonly version: ResourceVersion;
  /** The policy that decides. */
  readonly policy: string;
  /** The resource itself goes, rather than an old version of it. */
  readonly whole: boolean;
  /** Called once it is gone or retained. */
  done(): void;
}

interface RemoveOptions {
  readonly removals: readonly Removal[];
  /** The resources were made by the operation that is being undone. */
  readonly onCreate: boolean;
  readonly parallel: number;
}

/** @returns what failed to be deleted, by logical id */
export async function removeAll(run: Run, options: RemoveOptions): Promise<ReadonlyMap<string, unknown>> {
  const byKey = new Map(options.removals.map((one, index) => [`${index}`, one]));
  const keysOf = new Map<string, string[]>();
  for (const [key, { record }] of byKey)
    keysOf.set(record.logicalId, [...(keysOf.get(record.logicalId) ?? []), key]);
  // One goes when all that depend on it have gone.
  const dependents = new Map<string, string[]>();
  for (const [key, { version }] of byKey)
    for (const id of version.dependsOn)
      for (const needed of keysOf.get(id) ?? [])
        if (needed !== key) dependents.set(needed, [...(dependents.get(needed) ?? []), key]);
  const failures = await inOrder({
    ids: [...byKey.keys()].reverse(),
    waitsFor: (key) => dependents.get(key) ?? [],
    work: async (key) => {
      const removal = byKey.get(key);
      if (removal) await remove(run, removal, options.onCreate);
    },
    limit: options.parallel,
    stopped: () => run.stopping(),
  });
  if (run.stopping()) throw new Interrupted();
  return new Map([...failures].map(([key, error]) => [byKey.get(key)?.record.logicalId ?? key, error]));
}

async function remove(run: Run, removal: Removal, onCreate: boolean): Promise<void> {
  const { record, version, policy } = removal;
  const { physicalId, properties } = version;
  const retained = policy === 'Retain' || (policy === 'RetainExceptOnCreate' && !onCreate);
  const keep = onCreate && run.operation.retainExceptOnCreate ? false : retained;
  const aside = !removal.whole;
  const known = await run.context.types.find(record.type);
  if (keep) {
    resourceEvent(run, record, { status: 'DELETE_SKIPPED', physicalId, properties, aside });
    removal.done();
    return;
  }
  const going = resourceEvent(run, record, {
    status: 'DELETE_IN_PROGRESS',
    physicalId,
    properties,
    aside,
  });
  try {
    if (!known) throw new Error(`Slipway does not support the resource type ${record.type}`);
    if (policy === 'Snapshot') throw new Error(`Slipway cannot take snapshots of ${record.type}`);
    await known.handler.delete({
      ...requestFor(
        run,
        going,
        known,
        version.properties,
        version.token,
        version.stackTags,
        'DELETE_IN_PROGRESS',
      ),
      physicalId,
      attributes: version.attributes,
    });
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    if (!hasCode(error, ...(known?.handler.gone ?? []))) {
      resourceEvent(run, going, {
        status: 'DELETE_FAILED',
        reason: reasonOf(error),
        physicalId,
        properties,
        aside,
      });
      throw error;
    }
  }
  resourceEvent(run, going, { status: 'DELETE_COMPLETE', physicalId, properties, aside });
  removal.done();
}
