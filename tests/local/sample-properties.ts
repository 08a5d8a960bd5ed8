/** The least properties that a type takes, made from AWS's schema of it. */
import fc from 'fast-check';
import {
  type FieldLimits,
  loadLimits,
  loadSpec,
  parseProperty,
  type ResourceLimits,
  type ResourceSpec,
  type ValueLimits,
} from '../../src/architecture/schema/specs.ts';

type Properties = Record<string, unknown>;

export async function sampleProperties(type: string): Promise<Properties> {
  const spec = await loadSpec(type);
  if (!spec) throw new Error(`AWS has no type ${type}`);
  const limits = await loadLimits(type);
  return fields(spec.properties, limits, { spec, limits }, 0);
}

interface Schema {
  readonly spec: ResourceSpec;
  readonly limits: ResourceLimits;
}

function fields(
  known: Readonly<Record<string, string>>,
  limits: FieldLimits,
  schema: Schema,
  depth: number,
): Properties {
  const grouped = new Set([...(limits.oneOf?.[0] ?? []), ...(limits.anyOf?.[0] ?? [])]);
  const made: Properties = {};
  for (const [name, declared] of Object.entries(known)) {
    const { type, required } = parseProperty(declared);
    if (required || grouped.has(name)) made[name] = value(type, limits.properties?.[name], schema, depth);
  }
  return made;
}

function value(type: string, limits: ValueLimits | undefined, schema: Schema, depth: number): unknown {
  if (depth > 6) return {};
  if (type.startsWith('list<'))
    return Array.from({ length: limits?.minItems ?? 1 }, () =>
      value(type.slice(5, -1), limits?.items, schema, depth + 1),
    );
  if (type.startsWith('map<')) return { key: value(type.slice(4, -1), undefined, schema, depth + 1) };
  if (type.startsWith('#')) {
    const name = type.slice(1);
    const definition = schema.spec.definitions?.[name] ?? {};
    return fields(definition, schema.limits.definitions?.[name] ?? {}, schema, depth + 1);
  }
  const [first = 'string'] = type.split('|');
  if (first !== type) return value(first, limits, schema, depth);
  const { const: only, enum: allowed, enumCaseInsensitive: anyCase } = limits ?? {};
  const [chosen] = only !== undefined ? [only] : (allowed ?? anyCase ?? []);
  if (chosen !== undefined) return chosen;
  switch (type) {
    case 'integer':
    case 'number':
      return limits?.minimum ?? 1;
    case 'boolean':
      return false;
    case 'json':
      return {};
    default:
      return text(limits ?? {});
  }
}

function text({ pattern, minLength = 1, maxLength = 64 }: ValueLimits): string {
  const plain = 'a'.repeat(Math.max(1, minLength));
  if (pattern === undefined) return plain;
  const expression = new RegExp(pattern, pattern.includes('\\p') ? 'u' : '');
  const common = [
    plain,
    'arn:aws:iam::123456789012:role/a',
    '1'.repeat(12),
    '10.0.0.0/16',
    '2026-01-01T00:00:00Z',
  ];
  const known = common.find(
    (one) => expression.test(one) && one.length >= minLength && one.length <= maxLength,
  );
  if (known !== undefined) return known;
  const samples = fc.sample(fc.stringMatching(expression), { seed: 1, numRuns: 50 });
  return samples.find((one) => one.length >= minLength && one.length <= maxLength) ?? plain;
}
