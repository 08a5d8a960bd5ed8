import { describe, expect, it } from 'vitest';
import {
  containsUnresolved,
  createScope,
  type Json,
  parseTemplate,
  resolve,
  type Scope,
} from '../../src/template/index.ts';
import { casesIn, errorOf, pseudo } from './support.ts';

interface Case {
  readonly title: string;
  readonly value: Json;
  readonly parameters?: Record<string, string | string[]>;
  /** Logical id → type. */
  readonly resources?: Record<string, string>;
  /** Logical id → the condition it is under. */
  readonly conditional?: Record<string, string>;
  readonly conditions?: Record<string, boolean>;
  readonly mappings?: Json;
  readonly transform?: string;
  readonly refs?: Record<string, Json>;
  readonly attributes?: Record<string, Json>;
  readonly exports?: Record<string, Json>;
  readonly outputs?: Record<string, Json>;
  readonly secrets?: Record<string, string>;
  readonly zones?: Record<string, string[]>;
  readonly expected?: Json;
  readonly error?: string;
  readonly unresolved?: readonly string[];
}

function scopeOf(given: Case): Scope {
  const resources = Object.entries(given.resources ?? {}).map(([id, type]) => [id, { Type: type }]);
  const conditional = Object.entries(given.conditional ?? {}).map(([id, name]) => [
    id,
    { Type: 'T::T::T', Condition: name },
  ]);
  const parameters = Object.entries(given.parameters ?? {}).map(([name, value]) => [
    name,
    { Type: Array.isArray(value) ? 'CommaDelimitedList' : 'String' },
  ]);
  const conditions = Object.entries(given.conditions ?? {}).map(([name, holds]) => [
    name,
    { 'Fn::Equals': ['x', holds ? 'x' : 'y'] },
  ]);
  const template = parseTemplate(
    JSON.stringify({
      Transform: given.transform,
      Parameters: Object.fromEntries(parameters),
      Mappings: given.mappings,
      Conditions: Object.fromEntries(conditions),
      Resources: Object.fromEntries([...resources, ...conditional]),
    }),
  );
  return createScope(template, {
    parameters: given.parameters ?? {},
    pseudo,
    ref: (id) => given.refs?.[id],
    getAtt: (id, attribute) => given.attributes?.[`${id}.${attribute}`],
    importValue: (name) => given.exports?.[name],
    stackOutput: (output) => given.outputs?.[`${output.stackName}/${output.region}/${output.outputName}`],
    dynamicReference: (reference) => given.secrets?.[reference.text],
    availabilityZones: given.zones === undefined ? undefined : (region) => given.zones?.[region] ?? [],
  });
}

describe('resolving a value', () => {
  it.each(casesIn<Case>('resolve'))('$title', (given) => {
    const scope = scopeOf(given);
    const run = () => resolve(given.value, scope, '/Resources/X/Properties');
    if (given.error !== undefined) {
      expect(errorOf(run).message).toContain(given.error);
    } else if (given.unresolved !== undefined) {
      expect(containsUnresolved(run()).map((one) => `${one.path}: ${one.reason}`)).toEqual(given.unresolved);
    } else {
      expect(given).toHaveProperty('expected');
      expect(run()).toEqual(given.expected);
    }
  });

  it('keeps what is known beside what is not', () => {
    const scope = scopeOf({ title: '', value: null, resources: { Q: 'AWS::SQS::Queue' } });
    const resolved = resolve(
      { A: { Ref: 'Q' }, B: { 'Fn::Sub': `\${AWS::Region}` } },
      scope,
      '/Resources/X/Properties',
    );
    expect(resolved).toMatchObject({ B: 'eu-west-1', A: { expression: { Ref: 'Q' } } });
  });

  it('names the construct in an error', () => {
    const text = '{"Resources":{"Q":{"Type":"x","Metadata":{"aws:cdk:path":"App/Q"}}}}';
    const scope = createScope(parseTemplate(text), { parameters: {}, pseudo });
    const error = errorOf(() => resolve({ Ref: 'Nobody' }, scope, '/Resources/Q/Properties/P'));
    expect(error.message).toBe(
      '/Resources/Q/Properties/P: Template format error: Unresolved dependency Nobody (construct App/Q)',
    );
    expect(error.code).toBe('template.invalid');
  });
});
