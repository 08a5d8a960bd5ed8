/**
 * Builds a scope, with the conditions evaluated, out of what a caller knows.
 */
import { evaluateConditions } from './conditions.ts';
import type { Pseudo, Scope, Template } from './model.ts';

export type ScopeOptions = Pick<Scope, 'parameters' | 'pseudo'> &
  Partial<
    Pick<Scope, 'ref' | 'getAtt' | 'importValue' | 'stackOutput' | 'dynamicReference' | 'availabilityZones'>
  >;

/** Without `ref` and `getAtt`, every reference to a resource is unresolved. */
export function createScope(template: Template, options: ScopeOptions): Scope {
  return {
    ref: () => undefined,
    getAtt: () => undefined,
    ...options,
    template,
    conditions: evaluateConditions(template, options),
  };
}

/** The partition and its DNS suffix that a region belongs to. */
export function partitionOf(region: string): Pick<Pseudo, 'partition' | 'urlSuffix'> {
  if (region.startsWith('cn-')) return { partition: 'aws-cn', urlSuffix: 'amazonaws.com.cn' };
  if (region.startsWith('us-gov-')) return { partition: 'aws-us-gov', urlSuffix: 'amazonaws.com' };
  return { partition: 'aws', urlSuffix: 'amazonaws.com' };
}
