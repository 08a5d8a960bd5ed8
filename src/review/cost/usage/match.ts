/** Names under usage: a construct path (with or without the stack), a logical id, or `Stack/LogicalId`. */
import type { Resource } from '../../../architecture/index.ts';

/** The path below the stack, without the CDK's `Resource` at the end: the same in every stage. */
function keyOf({ constructPath, stack, logicalId }: Resource): string {
  const parts = constructPath?.split('/') ?? [];
  let below = 1;
  for (let count = 1; count < parts.length; count++)
    if (parts.slice(0, count).join('-') === stack) below = count;
  const path = parts.slice(below);
  const last = path.at(-1);
  const short = last === 'Resource' || last === 'Default' ? path.slice(0, -1) : path;
  return short.join('/') || logicalId;
}

/** Names by which each of the resources may be called; a name may stand for one in each of several stacks. */
export function namesOf(resources: readonly Resource[]): ReadonlyMap<string, readonly Resource[]> {
  const names = new Map<string, Resource[]>();
  const add = (name: string | undefined, resource: Resource) => {
    if (name === undefined) return;
    const list = names.get(name);
    if (list === undefined) names.set(name, [resource]);
    else if (!list.includes(resource)) list.push(resource);
  };
  for (const resource of resources) {
    add(keyOf(resource), resource);
    add(resource.constructPath, resource);
    add(resource.constructPath?.replace(/\/(Resource|Default)$/, ''), resource);
    add(resource.logicalId, resource);
    add(resource.id, resource);
  }
  return names;
}

/** The key that names only this resource among those of its stack. */
export function uniqueKeyOf(resource: Resource, names: ReadonlyMap<string, readonly Resource[]>): string {
  const key = keyOf(resource);
  const same = (names.get(key) ?? []).filter((one) => one.stack === resource.stack);
  return same.length <= 1 ? key : resource.logicalId;
}
