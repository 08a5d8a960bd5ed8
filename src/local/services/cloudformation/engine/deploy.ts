/** Create and update: every resource forward in dependency order, then outputs, then what is left over. */
import { reasonOf } from '../../../../core/events.ts';
import { type Loaded, loadDeployment } from '../deployment.ts';
import { asInvalid } from '../errors.ts';
import { applyResource } from './apply-resource.ts';
import { cleanUpdated } from './cleanup.ts';
import { inOrder, parallel } from './in-order.ts';
import { checkExports, evaluateOutputs, importsOf, settleExports } from './outputs.ts';
import { Interrupted, type Run, stackEvent, stackOf } from './run.ts';

/** @returns why it failed, in the words of a stack's status reason; undefined when it succeeded */
export async function deploy(run: Run): Promise<string | undefined> {
  const { records, env } = run.context;
  const stack = stackOf(run);
  if (!stack.target) throw new Error('a deployment without a target');
  let loaded: Loaded;
  try {
    loaded = loadDeployment(env, records, stack, stack.target);
    for (const secret of loaded.secrets) run.secrets.add(secret);
  } catch (error) {
    return reasonOf(asInvalid(error));
  }
  const { graph } = loaded;
  const failures = await inOrder({
    ids: graph.order,
    waitsFor: (id) => graph.dependencies(id),
    async work(id) {
      const node = graph.resources.get(id);
      if (!node) return;
      // Most resources are made without a wait: a large stack would keep every other caller waiting until its end.
      await new Promise(setImmediate);
      try {
        await applyResource(run, loaded, node);
      } catch (error) {
        // The first failure ends the waits of all others that are under way.
        if (!(error instanceof Interrupted)) run.cancel('a resource failed');
        throw error;
      }
      for (const secret of loaded.secrets) run.secrets.add(secret);
    },
    limit: parallel,
    stopped: (failed) => failed.size > 0 || run.signal.aborted,
  });
  if (run.stopping()) throw new Interrupted();
  if (failures.size > 0) return failureReason(run, [...failures.keys()]);
  const cancelled = run.cancelled();
  if (cancelled !== undefined) return cancelled;
  try {
    const outputs = await evaluateOutputs(run, loaded);
    checkExports(records, stack, outputs);
    records.transaction(() => {
      settleExports(records, stack, outputs);
      records.patchStack(stack.id, {
        outputs,
        imports: importsOf(run, loaded),
        current: stack.target,
        target: undefined,
        description: loaded.template.Description,
      });
    });
  } catch (error) {
    return reasonOf(error);
  }
  if (stack.current !== undefined || stack.operation?.kind === 'update') {
    stackEvent(run, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
    await cleanUpdated(run, graph);
    stackEvent(run, 'UPDATE_COMPLETE');
  } else {
    await cleanUpdated(run, graph);
    stackEvent(run, 'CREATE_COMPLETE');
  }
  return undefined;
}

function failureReason(run: Run, ids: readonly string[]): string {
  const { records } = run.context;
  const of = (status: string) => ids.filter((id) => records.resource(run.stackId, id)?.status === status);
  const created = of('CREATE_FAILED');
  const updated = of('UPDATE_FAILED');
  return [
    created.length > 0 ? `The following resource(s) failed to create: [${created.join(', ')}]. ` : '',
    updated.length > 0 ? `The following resource(s) failed to update: [${updated.join(', ')}]. ` : '',
  ].join('');
}
