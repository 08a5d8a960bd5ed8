/** A resource type as Cloud Control works with it: its handler, AWS's specification, and how a resource is identified. */
import {
  loadLimits,
  loadSpec,
  parseProperty,
  type ResourceLimits,
  type ResourceSpec,
} from '../../../architecture/schema/specs.ts';
import { isObject } from '../../../core/is-object.ts';
import { lookup } from '../../../core/lookup.ts';
import type { Resolved } from '../../../template/index.ts';
import { checkProperties } from '../../resource-types/properties.ts';
import { type ResourceState, type ResourceType, unsupported } from '../../service.ts';
import type { CloudControlContext } from './context.ts';
import { cannot, invalid, typeNotFound } from './errors.ts';

type Properties = Readonly<Record<string, unknown>>;

export interface KnownType {
  readonly handler: ResourceType;
  readonly spec: ResourceSpec;
  readonly limits: ResourceLimits;
}

/** @throws AwsError when AWS has no such type, when it has no handlers, or when it is not here */
export async function findType(
  { resourceType }: CloudControlContext,
  type: string,
  action: string,
): Promise<KnownType> {
  const [spec, limits] = await Promise.all([loadSpec(type), loadLimits(type)]);
  if (!spec) throw typeNotFound(type);
  if (limits.unprovisionable || type.startsWith('AWS::CloudFormation::')) throw cannot(type, action);
  const handler = await resourceType(type);
  if (!handler) throw unsupported(`the resource type ${type}`);
  return { handler, spec, limits };
}

/** The state that is asked for, as CloudFormation would take it. */
export function checkedState({ handler, spec, limits }: KnownType, text: string): Properties {
  const { value, problems } = checkProperties(parsed(text), spec, limits);
  if (problems.length > 0) throw invalid(`Model validation failed (${problems.join(', ')})`);
  // The check answers an object for an object.
  const properties = isObject(value) ? value : {};
  const accepted = new Set([...handler.honoured, ...Object.keys(handler.kept ?? {})]);
  const [refused] = Object.keys(properties).filter((name) => !accepted.has(name));
  if (refused !== undefined) throw unsupported(`the property ${refused} of ${handler.type}`);
  return properties;
}

function parsed(text: string): Resolved {
  try {
    const value: Resolved = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Told like any other text that is no object.
  }
  throw invalid('The desired state is not a JSON object.');
}

/** The values of the primary identifier, joined as Cloud Control joins them. */
export function identifierOf({ spec }: KnownType, properties: Properties, state: ResourceState): string {
  const names = spec.identifier ?? [];
  const values = names.map((name) => {
    const value = valueAt(properties, name) ?? valueAt(state.attributes, name);
    return value ?? (names.length === 1 ? state.physicalId : undefined);
  });
  return values.every((one) => one !== undefined) && values.length > 0 ? values.join('|') : state.physicalId;
}

function valueAt(properties: Properties, path: string): unknown {
  let found: unknown = lookup(properties, path);
  if (found !== undefined) return found;
  found = properties;
  for (const part of path.split(/[./]/)) found = isObject(found) ? lookup(found, part) : undefined;
  return found;
}

/** What GetResource answers: properties and attributes, without those that no call answers. */
export function modelOf(known: KnownType, properties: Properties, state: ResourceState): Properties {
  const { spec, limits } = known;
  const hidden = new Set((limits.writeOnly ?? []).map((path) => path.split('/')[0]));
  const model: Record<string, unknown> = {};
  const [only] = spec.identifier?.length === 1 ? spec.identifier : [];
  if (only !== undefined && !only.includes('/')) model[only] = state.physicalId;
  for (const [name, value] of Object.entries(state.attributes)) put(model, name.split('.'), value);
  for (const [name, value] of Object.entries(properties)) if (!hidden.has(name)) model[name] = value;
  return model;
}

function put(model: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value !== undefined && value !== '') model[name] = value;
    return;
  }
  const inner = lookup(model, name);
  const next = isObject(inner) ? { ...inner } : {};
  put(next, rest, value);
  model[name] = next;
}

/** Top-level properties that no update can change. */
export const createOnly = ({ spec }: KnownType): string[] =>
  Object.entries(spec.properties).flatMap(([name, declared]) =>
    parseProperty(declared).update === 'immutable' ? [name] : [],
  );
