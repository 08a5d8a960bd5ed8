/** Lists the numbers of the input that are marked as assumed. */
import type { AssumedInput, LoadProfile, SystemModel } from './model.ts';

export function assumedInputs(model: SystemModel, profile: LoadProfile): AssumedInput[] {
  const found: AssumedInput[] = [];
  const walk = (value: unknown, field: string): void => {
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) walk(item, `${field}[${i}]`);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    if (
      'assumed' in value &&
      value.assumed === true &&
      'value' in value &&
      typeof value.value === 'number' &&
      'source' in value
    ) {
      found.push({ field, value: value.value, source: String(value.source) });
      return;
    }
    for (const [key, item] of Object.entries(value)) walk(item, `${field}.${key}`);
  };
  walk(model.account, 'account');
  for (const node of model.nodes)
    for (const [key, item] of Object.entries(node)) walk(item, `${node.id}.${key}`);
  walk(profile, 'profile');
  return found;
}
