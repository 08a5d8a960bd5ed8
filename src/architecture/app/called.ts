/**
 * What a resource is called in sentences: its construct path without the stack, CDK's last steps and CDK's long hashes.
 * Where two resources would be called the same, the stack or the logical id tells them apart.
 */
import type { ResourceNode } from '../../template/index.ts';
import type { AppStack } from './model.ts';

interface Placed {
  readonly node: ResourceNode;
  readonly stack: AppStack;
}

/** The construct path's steps below the stack: a stage's stack has a path of several steps. */
export function stepsInStack({ node, stack }: Placed): readonly string[] {
  const path = node.constructPath;
  if (path === undefined) return [];
  const inStack = `${stack.constructPath ?? ''}/`;
  return path.startsWith(inStack) && path.length > inStack.length
    ? path.slice(inStack.length).split('/')
    : path.split('/').slice(1);
}

/** By `Stack/LogicalId`. */
export function namesOf(resources: readonly (Placed & { readonly id: string })[]): Map<string, string> {
  const called = resources.map((resource) => ({ ...resource, short: shortName(resource) }));
  const stacks = new Map<string, Set<string>>();
  const inOne = new Map<string, number>();
  for (const { short, stack } of called) {
    stacks.set(short, (stacks.get(short) ?? new Set()).add(stack.name));
    inOne.set(`${stack.name}/${short}`, (inOne.get(`${stack.name}/${short}`) ?? 0) + 1);
  }
  return new Map(
    called.map(({ id, node, stack, short }) => {
      const own = (inOne.get(`${stack.name}/${short}`) ?? 0) > 1 ? node.logicalId : short;
      return [id, (stacks.get(short)?.size ?? 0) > 1 ? `${stack.name}/${own}` : own];
    }),
  );
}

function shortName(resource: Placed): string {
  // A custom resource in the place of a resource ends in both: `Cluster/Resource/Resource/Default`.
  const steps = stepsInStack(resource)
    .join('/')
    .replace(/(^|\/)((Resource|Default)(\/|$))+$/, '');
  return steps.replace(/[0-9A-F]{24,}[0-9A-Za-z]*/g, '') || resource.node.logicalId;
}
