/**
 * Which resource types there are here: those of the services, those that are kept, and custom resources, which
 * either act natively (the CDK's own) or run their function. Refuses all others by name.
 */
import { loadLimits, loadSpec } from '../../../architecture/schema/specs.ts';
import type { CloudFormationContext, KnownType, TypeRegistry } from './context.ts';
import { functionBacked } from './custom/function-backed.ts';
import { isNativelyActed, nativeCustomResource } from './custom/index.ts';

export const isCustom = (type: string): boolean =>
  type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');

export function createTypeRegistry(of: () => CloudFormationContext): TypeRegistry {
  const found = new Map<string, Promise<KnownType | undefined>>();

  async function look(type: string): Promise<KnownType | undefined> {
    const context = of();
    if (isCustom(type)) {
      const handler = isNativelyActed(type)
        ? nativeCustomResource(context, type)
        : functionBacked(context, type);
      return { handler, custom: true };
    }
    const handler = await context.resourceType(type);
    if (!handler) return undefined;
    const spec = await loadSpec(type);
    return { handler, ...(spec ? { spec, limits: await loadLimits(type) } : {}), custom: false };
  }

  return {
    find(type) {
      let known = found.get(type);
      if (!known) {
        known = look(type);
        found.set(type, known);
        known.catch(() => found.delete(type));
      }
      return known;
    },
  };
}
