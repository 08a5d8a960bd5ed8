/** Evaluates a stack's outputs and settles its exports, refusing names in use elsewhere. */
import { expectResolved } from '../../../../template/index.ts';
import { type Loaded, resolveValue } from '../deployment.ts';
import { referencesTo } from '../desired.ts';
import type { OutputRecord, StackRecord } from '../model.ts';
import type { Records } from '../records.ts';
import { type Run, stackOf } from './run.ts';

export async function evaluateOutputs(run: Run, loaded: Loaded): Promise<OutputRecord[]> {
  const { records, env } = run.context;
  const references = referencesTo((id) => records.resource(run.stackId, id));
  const dynamic = { values: run.dynamic, invoke: run.invoke };
  const outputs: OutputRecord[] = [];
  for (const [key, output] of Object.entries(loaded.template.Outputs)) {
    if (output.Condition !== undefined && !loaded.scope.conditions[output.Condition]) continue;
    const read = async (value: typeof output.Value, part: string) => {
      const path = `/Outputs/${key}/${part}`;
      const found = expectResolved(await resolveValue(value, path, loaded, references, dynamic, env));
      if (typeof found === 'object')
        throw new Error(
          `Template format error: Output ${key} is malformed. The ${part} field of every Outputs member must evaluate to a String.`,
        );
      return String(found);
    };
    outputs.push({
      key,
      value: await read(output.Value, 'Value'),
      ...(output.Description ? { description: output.Description } : {}),
      ...(output.ExportName === undefined
        ? {}
        : { exportName: await read(output.ExportName, 'Export/Name') }),
    });
  }
  return outputs;
}

/** Throws when an export would clash with, or be taken from under, another stack. */
export function checkExports(records: Records, stack: StackRecord, outputs: readonly OutputRecord[]): void {
  for (const { exportName } of outputs) {
    const holder = exportName === undefined ? undefined : records.exports.get(exportName);
    if (holder && holder.stackId !== stack.id)
      throw new Error(
        `Export with name ${exportName} is already exported by stack ${records.findStack(holder.stackId)?.name ?? holder.stackId}. Rename the export or delete it there first.`,
      );
  }
  for (const old of stack.outputs) {
    if (old.exportName === undefined) continue;
    const next = outputs.find((one) => one.exportName === old.exportName);
    if (next?.value === old.value) continue;
    const users = records.importers(old.exportName).filter((one) => one.id !== stack.id);
    if (users.length > 0)
      throw new Error(
        `Cannot ${next ? 'update' : 'delete'} export ${old.exportName} as it is in use by ${users.map((one) => one.name).join(', ')}.`,
      );
  }
}

export function settleExports(records: Records, stack: StackRecord, outputs: readonly OutputRecord[]): void {
  for (const { exportName } of stack.outputs)
    if (exportName !== undefined && records.exports.get(exportName)?.stackId === stack.id)
      records.exports.delete(exportName);
  for (const { exportName: name, value } of outputs)
    if (name !== undefined) records.exports.put(name, { name, value, stackId: stack.id });
}

/** Exports of other stacks that this one imports, as far as they were resolved. */
export const importsOf = (run: Run, loaded: Loaded): string[] => {
  const known = run.context.records.exports;
  return [...loaded.imports].filter(
    (name) => known.has(name) && known.get(name)?.stackId !== stackOf(run).id,
  );
};
