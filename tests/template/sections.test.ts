import { describe, expect, it } from 'vitest';
import {
  analyse,
  evaluateConditions,
  evaluateRules,
  findProblems,
  type Json,
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
  const shapes = {
    'of a key that is there twice the last, in YAML': ['A: 1\nA: {x: 1}\n', { A: { x: 1 } }],
    'of a key that is there twice the last, in JSON': ['{ "a": 1, "\\u0061": 2 }', { a: 2 }],
    'a quoted text whose lines are not indented': [
      "a:\n  - b: !Sub '{\n    x: ''y''\n  }'\n    c: \"x\n\n  y\\\n z\"\n",
      { a: [{ b: { 'Fn::Sub': "{ x: 'y' }" }, c: 'x\nyz' }] },
    ],
    'JSON with comments and commas at the end, as YAML': [
      '{\n  # why\n  "Resources": {"A": [1, 2,],},\n}',
      { Resources: { A: [1, 2] } },
    ],
    'JSON behind a byte order mark': ['\uFEFF{ "A": 1 }', { A: 1 }],
    'YAML 1.1': [
      'a: yes\nb: OFF\nc: 0755\nd: 22:22\ne: 2012-10-17\nf: 012345678901\ng: y\nh: 1.10\n',
      { a: true, b: false, c: 493, d: '22:22', e: '2012-10-17', f: '012345678901', g: 'y', h: '1.10' },
    ],
  } as const;

  it.each(Object.entries(shapes))('is read from %s', (_, [text, expected]) => {
    expect(parseTemplate(`${text}`, { tolerate: () => {} }).body).toEqual(expected);
  });

  it('takes what AWS takes on resources, conditions and rules', () => {
    const { Resources } = parseTemplate(`
Rules:
  R: {Assertions: [{Assert: {"Fn::Equals": [a, a]}, AssetDescription: a slip in AWS's own samples}]}
Conditions:
  A&B_3: !Equals [1, 1]
Resources:
  Queue: {Type: AWS::SQS::Queue, Description: for jobs, Metadata: {x: 1}, DependsOn: Custom, Condition: A&B_3}
  Custom: {Type: Custom::Thing, Version: 1.0, DependsOn: []}
`);
    expect(Object.keys(Resources)).toEqual(['Queue', 'Custom']);
    expect(() => parseTemplate('Resources: {Q: {Type: AWS::SQS::Queue, Version: 1.0}}')).toThrow(/Version/);
  });

  it('is the same from YAML short forms and from JSON', () => {
    const yaml = parseTemplate(caseText('yaml/short-forms.yaml'));
    const json = parseTemplate(caseText('yaml/short-forms.json'));
    expect(yaml).toEqual(json);
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
