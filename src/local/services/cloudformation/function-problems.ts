/** What a function would be refused for beside its properties: its runtime. */
import type { ResourceNode } from '../../../template/index.ts';
import { findRuntime } from '../../compute/functions/runtimes.ts';
import { isNativelyActed } from './custom/index.ts';
import type { LoadedTemplate } from './deployment.ts';

/** They name a function, for its logs or permissions, and never call it. */
const onlyNames = new Set([
  'AWS::Logs::LogGroup',
  'AWS::IAM::ManagedPolicy',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
]);

/**
 * A function that cannot run here may exist only as the provider of custom resources that Slipway acts itself: nothing
 * that could call it may refer to it.
 */
export function runtimeProblems(loaded: LoadedTemplate, node: ResourceNode, resolved: unknown): string[] {
  const runtime = (resolved as { Runtime?: unknown }).Runtime;
  const problem = typeof runtime === 'string' ? findRuntime(runtime) : undefined;
  if (typeof problem !== 'string') return [];
  const { natively, others } = usersOf(loaded, node);
  if (natively && others.length === 0) return [];
  const why = others.length > 0 ? ` (${others.join(', ')} use it)` : '';
  return [`Slipway does not support ${problem}${why}`];
}

/** What refers to a function and may call it, and whether it provides a custom resource that Slipway acts itself. */
function usersOf(loaded: LoadedTemplate, node: ResourceNode) {
  const others = new Set<string>();
  let natively = false;
  for (const other of loaded.graph.resources.values())
    for (const reference of other.references) {
      if (reference.to !== node.logicalId || reference.kind === 'dependsOn') continue;
      if (isNativelyActed(other.type) && reference.path.endsWith('/Properties/ServiceToken')) natively = true;
      else if (!onlyNames.has(other.type)) others.add(other.logicalId);
    }
  return { natively, others: [...others] };
}
