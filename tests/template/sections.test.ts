import { describe, expect, it } from 'vitest';
import {
  analyse,
  evaluateConditions,
  evaluateRules,
  findProblems,
  type Json,
  listImports,
  parseTemplate,
  resolveParameters,
  supplySsmValues,
} from '../../src/template/index.ts';
import { casesIn, caseText, errorOf, pseudo } from './support.ts';

interface ParameterCase {
  readonly title: string;
  readonly declared: Json;
  readonly given: Record<string, string>;
  readonly previous?: Record<string, string>;
  readonly values?: Json;
  readonly ssm?: Json;
  readonly error?: string;
  readonly errorIsAll?: boolean;
}

interface ConditionCase {
  readonly title: string;
  readonly parameters: Record<string, string | string[]>;
  readonly mappings?: Json;
  readonly conditions?: Json;
  readonly rules?: Json;
  readonly expected?: Json;
  readonly failures?: Json;
  readonly error?: string;
}

interface ProblemCase {
  readonly title: string;
  readonly template: Json;
  readonly conditions?: Record<string, boolean>;
  readonly problems: readonly (readonly [path: string, message: string])[];
  readonly constructPath?: string;
}

interface UnreadableCase {
  readonly title: string;
  readonly text: string;
  readonly error: string;
  readonly code?: string;
}

describe('parameters', () => {
  it.each(casesIn<ParameterCase>('parameters'))('$title', (given) => {
    const text = { Parameters: given.declared, Resources: { A0: { Type: 'T::T::T' } } };
    const template = parseTemplate(JSON.stringify(text));
    const run = () => resolveParameters(template, given.given, given.previous);
    if (given.error !== undefined) {
      const { message } = errorOf(run);
      if (given.errorIsAll) expect(message).toBe(given.error);
      else expect(message).toContain(given.error);
    } else {
      expect(run()).toMatchObject({ values: given.values, ssm: given.ssm ?? [] });
      expect(Object.keys(run().values)).toEqual(Object.keys(Object(given.values)));
    }
  });

  it('take their SSM values once they are looked up, and name those that are missing', () => {
    const template = parseTemplate(
      JSON.stringify({
        Parameters: {
          Ids: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: '/ids' },
          Key: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/key', NoEcho: true },
        },
        Resources: { A: { Type: 'T::T::T' } },
      }),
    );
    const resolved = resolveParameters(template, {});
    expect(resolved.noEcho).toEqual(['Key']);
    expect(supplySsmValues(template, resolved, { '/ids': 'a,b', '/key': 'k' })).toEqual({
      Ids: ['a', 'b'],
      Key: 'k',
    });
    expect(errorOf(() => supplySsmValues(template, resolved, { '/ids': 'a' })).message).toContain('[/key]');
  });
});

describe('conditions and rules', () => {
  it.each(casesIn<ConditionCase>('conditions'))('$title', (given) => {
    const parameters = Object.entries(given.parameters).map(([name, value]) => [
      name,
      { Type: Array.isArray(value) ? 'CommaDelimitedList' : 'String' },
    ]);
    const template = parseTemplate(
      JSON.stringify({
        Parameters: Object.fromEntries(parameters),
        Mappings: given.mappings,
        Conditions: given.conditions,
        Rules: given.rules,
        Resources: { A0: { Type: 'T::T::T' } },
      }),
    );
    const scope = { parameters: given.parameters, pseudo };
    const run = () => (given.rules === undefined ? evaluateConditions : evaluateRules)(template, scope);
    if (given.error !== undefined) expect(errorOf(run).message).toContain(given.error);
    else expect(run()).toEqual(given.expected ?? given.failures);
  });

  it('say when a rule cannot be evaluated, instead of letting it pass', () => {
    const template = parseTemplate(
      JSON.stringify({
        Parameters: { V: { Type: 'AWS::SSM::Parameter::Value<String>' } },
        Rules: { Check: { Assertions: [{ Assert: { 'Fn::Equals': [{ Ref: 'V' }, '1'] } }] } },
        Resources: { A: { Type: 'T::T::T' } },
      }),
    );
    expect(evaluateRules(template, { parameters: {}, pseudo })).toMatchObject([
      { rule: 'Check', unresolved: { expression: { Ref: 'V' } } },
    ]);
  });
});

describe('problems of a template', () => {
  it.each(casesIn<ProblemCase>('analyse'))('$title', (given) => {
    const template = parseTemplate(JSON.stringify(given.template));
    const options = { conditions: given.conditions };
    const found = findProblems(template, options);
    expect(found.map((problem) => problem.path)).toEqual(given.problems.map(([path]) => path));
    for (const [index, [, message]] of given.problems.entries())
      expect(found[index]?.message).toContain(message);
    if (given.constructPath !== undefined) expect(found[0]?.constructPath).toBe(given.constructPath);
    if (given.problems.length === 0) expect(analyse(template, options).order.length).toBeGreaterThan(0);
    else {
      const { message, code } = errorOf(() => analyse(template, options));
      expect(code).toBe('template.invalid');
      for (const [path, text] of given.problems)
        expect(message).toMatch(new RegExp(`${literally(path)}: .*${literally(text)}`));
    }
  });

  function literally(text: string): string {
    return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }

  it.each(casesIn<UnreadableCase>('unreadable'))('$title', ({ text, error, code }) => {
    const thrown = errorOf(() => parseTemplate(text));
    expect(thrown.message).toContain(error);
    if (code !== undefined) expect(thrown.code).toBe(code);
  });
});

describe('a parsed template', () => {
  it('is the same from YAML short forms and from JSON', () => {
    const yaml = parseTemplate(caseText('yaml/short-forms.yaml'));
    const json = parseTemplate(caseText('yaml/short-forms.json'));
    expect(yaml).toEqual(json);
  });

  it('lists its imports and dynamic references', () => {
    const template = parseTemplate(
      JSON.stringify({
        Resources: {
          A: {
            Type: 'T::T::T',
            Properties: { P: { 'Fn::ImportValue': 'net-Vpc' }, S: 'x{{resolve:ssm:/a:3}}' },
          },
        },
        Outputs: { O: { Value: { 'Fn::ImportValue': { 'Fn::Sub': `\${AWS::Region}-x` } } } },
      }),
    );
    expect(listImports(template)).toEqual([
      { name: 'net-Vpc', path: '/Resources/A/Properties/P' },
      { name: undefined, path: '/Outputs/O/Value' },
    ]);
  });

  it('gives RDS clusters and standalone instances the Snapshot default, everything else Delete', () => {
    const graph = analyse(
      parseTemplate(
        JSON.stringify({
          Resources: {
            Cluster: { Type: 'AWS::RDS::DBCluster' },
            Member: { Type: 'AWS::RDS::DBInstance', Properties: { DBClusterIdentifier: { Ref: 'Cluster' } } },
            Alone: { Type: 'AWS::RDS::DBInstance' },
            Bucket: { Type: 'AWS::S3::Bucket', UpdateReplacePolicy: 'Retain' },
          },
        }),
      ),
    );
    const policies = [...graph.resources.values()].map((node) => [
      node.deletionPolicy,
      node.updateReplacePolicy,
    ]);
    expect(policies).toEqual([
      ['Snapshot', 'Delete'],
      ['Delete', 'Delete'],
      ['Snapshot', 'Delete'],
      ['Delete', 'Retain'],
    ]);
  });

  it('knows both directions of its dependencies, and where each comes from', () => {
    const graph = analyse(
      parseTemplate(
        JSON.stringify({
          Resources: {
            Topic: {
              Type: 'AWS::SNS::Topic',
              DependsOn: 'Role',
              Properties: { N: { 'Fn::Sub': `\${Queue.Arn}` } },
            },
            Queue: { Type: 'AWS::SQS::Queue' },
            Role: { Type: 'AWS::IAM::Role', Metadata: { For: { Ref: 'Queue' } } },
          },
        }),
      ),
    );
    expect(graph.order).toEqual(['Queue', 'Role', 'Topic']);
    expect([...graph.dependents('Queue')]).toEqual(['Topic', 'Role']);
    expect([...graph.dependencies('Topic')]).toEqual(['Role', 'Queue']);
    expect(graph.resources.get('Topic')?.references).toEqual([
      { to: 'Role', kind: 'dependsOn', path: '/Resources/Topic/DependsOn/0' },
      { to: 'Queue', kind: 'sub', attribute: 'Arn', path: '/Resources/Topic/Properties/N' },
    ]);
  });
});
