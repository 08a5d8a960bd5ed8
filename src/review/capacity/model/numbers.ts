/** Every number in a node, with where it comes from: found by walking it, so none can be forgotten. */
import type { ModelNumber } from '../report.ts';
import type { SystemNode } from '../simulator/model.ts';

export function numbersOf(node: SystemNode): readonly ModelNumber[] {
  const found: ModelNumber[] = [];
  const walk = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isSourced(value)) {
      found.push({ name: path, value: value.value, source: value.source, assumed: value.assumed === true });
      return;
    }
    if (isSamples(value)) {
      const sorted = [...value.values].sort((a, b) => a - b);
      const middle = sorted[Math.floor(sorted.length / 2)];
      if (middle !== undefined)
        found.push({ name: `${path}.p50`, value: middle, source: value.source ?? 'samples', assumed: false });
      return;
    }
    for (const [key, item] of Object.entries(value)) walk(item, path === '' ? key : `${path}.${key}`);
  };
  walk(node, '');
  return found;
}

const isSourced = (value: object): value is { value: number; source: string; assumed?: boolean } =>
  'value' in value &&
  typeof value.value === 'number' &&
  'source' in value &&
  typeof value.source === 'string';

const isSamples = (value: object): value is { values: readonly number[]; source?: string } =>
  'kind' in value && value.kind === 'samples' && 'values' in value && Array.isArray(value.values);
