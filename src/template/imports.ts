/**
 * What a template takes from other stacks' exports.
 */
import { resourceUsages } from './check.ts';
import type { Template } from './model.ts';
import { scan, type Usage } from './usages.ts';

interface Import {
  /** The name of the export; absent when an intrinsic computes it. */
  readonly name?: string;
  readonly path: string;
}

export function listImports(template: Template): Import[] {
  const usages: Usage[] = [];
  for (const [logicalId, declared] of Object.entries(template.Resources)) {
    usages.push(...resourceUsages(logicalId, declared, template, {}).usages);
  }
  for (const [name, output] of Object.entries(template.Outputs)) {
    usages.push(...scan(output.Value, `/Outputs/${name}/Value`, { template, place: 'outputs' }).usages);
  }
  return usages
    .filter((usage) => usage.kind === 'import')
    .map(({ name, path }) => ({ name: name === '' ? undefined : name, path }));
}
