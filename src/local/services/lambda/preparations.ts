/**
 * A function's code made ready to run: unpacked, its imports read, and what the runtime brings along fetched. Done when
 * the function is made, so that a missing package is told then, and that a cold start waits for none of it.
 */
import type { BroughtPackages } from '../../compute/functions/brought-packages.ts';
import type { CodeRoot, CodeStore } from '../../compute/functions/code-store.ts';
import { importsOf, problemsOf, type Supplied, supply } from '../../compute/functions/imports.ts';
import { findRuntime, type RunnableRuntime } from '../../compute/functions/runtimes.ts';
import type { FunctionRecord } from './records.ts';
import { executedRuntime } from './runtimes.ts';

export interface Preparation {
  readonly root: CodeRoot;
  readonly supplied: Supplied;
  /** Why it cannot be loaded. */
  readonly problems: readonly string[];
}

export type Prepare = (record: FunctionRecord, runtime: RunnableRuntime) => Promise<Preparation>;

export function createPreparations(code: CodeStore, packages: BroughtPackages): Prepare {
  const done = new Map<string, Promise<Preparation>>();

  async function prepare(record: FunctionRecord, runtime: RunnableRuntime): Promise<Preparation> {
    const layers = record.layers.map((layer) => layer.codeSha256);
    const root = await code.unpack(record.codeSha256, layers);
    const bundle = {
      runtime: executedRuntime(record),
      handler: record.handler ?? '',
      task: root.task,
      layers: root.opt ? [root.opt] : [],
    };
    const imports = await importsOf(bundle, runtime);
    const { supplied, problems } = await supply(runtime, imports, packages);
    if (supplied.sdk) await code.linkSdk(root, supplied.sdk);
    return { root, supplied, problems: [...problemsOf(imports), ...problems] };
  }

  return (record, runtime) => {
    const { codeSha256, layers, handler } = record;
    const key = [
      codeSha256,
      ...layers.map((layer) => layer.codeSha256),
      executedRuntime(record),
      handler,
    ].join('\n');
    let work = done.get(key);
    if (!work) {
      work = prepare(record, runtime);
      // What could not be fetched is tried again.
      work.then(
        ({ problems }) => problems.length > 0 && done.delete(key),
        () => done.delete(key),
      );
      done.set(key, work);
    }
    return work;
  };
}

/** Why a function cannot be loaded, read from its code. */
export async function loadProblems(record: FunctionRecord, prepare: Prepare): Promise<readonly string[]> {
  const runtime = findRuntime(executedRuntime(record));
  return typeof runtime === 'string' ? [] : (await prepare(record, runtime)).problems;
}
