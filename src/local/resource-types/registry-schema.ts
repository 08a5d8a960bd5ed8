/** AWS's registry schema of a type, put together again from the facts that are compiled in: DescribeType answers it. */
import {
  type FieldLimits,
  type PropertySpec,
  parseProperty,
  type ResourceLimits,
  type ResourceSpec,
  type ValueLimits,
} from '../../architecture/schema/specs.ts';

type Json = Record<string, unknown>;

export function registrySchema(type: string, spec: ResourceSpec, limits: ResourceLimits): Json {
  const pointers = (paths: readonly string[]) =>
    paths.map((path) => `/properties/${path.replaceAll('.', '/')}`);
  const readOnly = spec.attributes.filter(
    (name) => !name.includes('.') && spec.properties[name] === undefined,
  );
  const immutable = Object.entries(spec.properties).flatMap(([name, declared]) =>
    parseProperty(declared).update === 'immutable' ? [name] : [],
  );
  const own = structure(spec.properties, limits);
  const attributes = readOnly.map(
    (name) => [name, { type: spec.attributeTypes?.[name] ?? 'string' }] as const,
  );
  return {
    typeName: type,
    ...own,
    properties: {
      ...Object.fromEntries(attributes.map(([name, node]) => [name, typeNode(node.type)])),
      ...Object(own.properties),
    },
    ...(spec.definitions
      ? {
          definitions: Object.fromEntries(
            Object.entries(spec.definitions).map(([name, fields]) => [
              name,
              structure(fields, limits.definitions?.[name] ?? {}),
            ]),
          ),
        }
      : {}),
    readOnlyProperties: pointers(spec.attributes),
    ...(immutable.length > 0 ? { createOnlyProperties: pointers(immutable) } : {}),
    ...(limits.writeOnly ? { writeOnlyProperties: pointers(limits.writeOnly) } : {}),
    primaryIdentifier: pointers(spec.identifier ?? []),
    tagging: {
      taggable: spec.tags !== undefined,
      ...(spec.tags ? { tagProperty: `/properties/${spec.tags}` } : {}),
    },
  };
}

function structure(fields: Readonly<Record<string, PropertySpec>>, limits: FieldLimits): Json {
  const entries = Object.entries(fields);
  const required = entries.flatMap(([name, declared]) => (parseProperty(declared).required ? [name] : []));
  const groups = (list: FieldLimits['oneOf']) => list?.map((names) => ({ required: names }));
  return {
    type: 'object',
    additionalProperties: entries.length === 0,
    properties: Object.fromEntries(
      entries.map(([name, declared]) => [
        name,
        {
          ...typeNode(parseProperty(declared).type, limits.properties?.[name]?.items),
          ...scalarLimits(limits.properties?.[name]),
        },
      ]),
    ),
    ...(required.length > 0 ? { required } : {}),
    ...(limits.oneOf ? { oneOf: groups(limits.oneOf) } : {}),
    ...(limits.anyOf ? { anyOf: groups(limits.anyOf) } : {}),
  };
}

function typeNode(type: string, items?: ValueLimits): Json {
  if (type.startsWith('list<'))
    return { type: 'array', items: { ...typeNode(type.slice(5, -1), items?.items), ...scalarLimits(items) } };
  if (type === 'list') return { type: 'array' };
  if (type.startsWith('map<'))
    return { type: 'object', patternProperties: { '.*': typeNode(type.slice(4, -1)) } };
  if (type.startsWith('#')) return { $ref: `#/definitions/${type.slice(1)}` };
  if (type.includes('|')) return { anyOf: type.split('|').map((one) => typeNode(one)) };
  return { type: type === 'json' ? 'object' : type };
}

function scalarLimits(limits: ValueLimits = {}): Json {
  const { items: _, enumCaseInsensitive, ...others } = limits;
  return { ...others, ...(enumCaseInsensitive ? { enum: enumCaseInsensitive } : {}) };
}
