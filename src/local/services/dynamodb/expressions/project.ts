/** Parts of an item, as a projection expression or an update's ReturnValues ask for them. */
import { attribute, define, type Item, type Value } from '../values/types.ts';
import type { Parsed, Path } from './ast.ts';
import { checkPaths } from './paths.ts';
import { bindPath, type Placeholders } from './placeholders.ts';

export function bindProjection(parsed: Parsed<readonly Path[]>, placeholders: Placeholders): readonly Path[] {
  const paths = parsed.root.map((path) => bindPath(path, placeholders));
  checkPaths('ProjectionExpression', paths);
  return paths;
}

export function project(item: Item, paths: readonly Path[]): Item {
  const out: Record<string, Value> = {};
  for (const [name, below] of grouped(paths)) {
    const value = attribute(item, String(name));
    const part = value && pick(value, below);
    if (part) define(out, String(name), part);
  }
  return out;
}

/** By first element, with the rests; no rest at all means the whole. */
function grouped(paths: readonly Path[]): Map<string | number, Path[]> {
  const groups = new Map<string | number, Path[]>();
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    const group = groups.get(first) ?? [];
    groups.set(first, group);
    if (rest.length > 0) group.push(rest);
  }
  return groups;
}

function pick(value: Value, paths: readonly Path[]): Value | undefined {
  if (paths.length === 0) return value;
  const groups = [...grouped(paths)];
  if ('M' in value) {
    const M = project(
      value.M,
      paths.filter(([first]) => typeof first === 'string'),
    );
    return Object.keys(M).length > 0 ? { M } : undefined;
  }
  if ('L' in value) {
    // Elements close up, in the order of the list.
    const L = groups
      .filter((group): group is [number, Path[]] => typeof group[0] === 'number')
      .sort(([a], [b]) => a - b)
      .map(([index, below]) => {
        const element = value.L[index];
        return element && pick(element, below);
      })
      .filter((element) => element !== undefined);
    return L.length > 0 ? { L } : undefined;
  }
  return undefined;
}
