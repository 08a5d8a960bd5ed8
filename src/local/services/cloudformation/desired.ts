/** The properties a resource should have: resolved, mapped to local URLs, held to the type's specification. */
import { expectResolved, type Json, type ResourceNode } from '../../../template/index.ts';
import { checkProperties } from '../../resource-types/properties.ts';
import type { Invoke, ServiceEnvironment } from '../../service.ts';
import type { KnownType } from './context.ts';
import { type DynamicValues, type Loaded, type References, resolveValue } from './deployment.ts';
import type { Properties, ResourceRecord } from './model.ts';
import { isCustom } from './types.ts';
import { attribute } from './values.ts';

export async function desiredProperties(
  node: ResourceNode,
  known: KnownType,
  loaded: Loaded,
  references: References,
  dynamic: { readonly values: DynamicValues; readonly invoke: Invoke },
  env: ServiceEnvironment,
): Promise<Properties> {
  const path = `/Resources/${node.logicalId}/Properties`;
  const resolved = expectResolved(
    await resolveValue(node.properties, path, loaded, references, dynamic, env),
  );
  if (!known.spec) return resolved as Properties;
  const { value, problems } = checkProperties(resolved, known.spec);
  if (problems.length > 0)
    throw new Error(
      `Properties validation failed for resource ${node.logicalId} with message:\n${problems.join('\n')}`,
    );
  return value as Properties;
}

/** Ref and Fn::GetAtt as answered by resources that are there. */
export function referencesTo(find: (logicalId: string) => ResourceRecord | undefined): References {
  return {
    ref: (logicalId) => find(logicalId)?.state?.physicalId,
    getAtt(logicalId, name) {
      const record = find(logicalId);
      if (!record?.state) return undefined;
      const { attributes, properties } = record.state;
      const own = attribute(attributes, name);
      // A custom resource answers what its provider did; any other type its properties, too.
      return (own === undefined && !isCustom(record.type) ? attribute(properties, name) : own) as
        | Json
        | undefined;
    },
  };
}
