import { describe, expect, it } from 'vitest';
import { createScope, type Json, parseTemplate, resolve } from '../../src/template/index.ts';
import { pseudo } from './support.ts';

const Transform = 'AWS::LanguageExtensions';
const read = (body: object, parameters: Record<string, string> = {}) =>
  parseTemplate(JSON.stringify({ Transform, ...body }), { parameters });

describe('AWS::LanguageExtensions', () => {
  it('writes loops out, one in another, with names and values of their elements', () => {
    const { Resources, Outputs } = read(
      {
        Parameters: { Names: { Type: 'CommaDelimitedList' } },
        Resources: {
          'Fn::ForEach::Outer': [
            'Name',
            { Ref: 'Names' },
            {
              'Topic&{Name}': {
                Type: 'T::T::T',
                Properties: { Name: { Ref: 'Name' }, As: { 'Fn::Sub': '${Name}!' } },
              },
              'Fn::ForEach::Inner': ['N', ['1', '2'], { 'Queue&{Name}${N}': { Type: 'Q::Q::${N}' } }],
            },
          ],
        },
        Outputs: {
          'Fn::ForEach::Told': [
            'Name',
            { Ref: 'Names' },
            { 'Out&{Name}': { Value: { 'Fn::GetAtt': ['Topic&{Name}', 'Arn'] } } },
          ],
        },
      },
      { Names: 'a-b, c' },
    );
    expect(Object.keys(Resources)).toEqual([
      'Topicab',
      'Queueab1',
      'Queueab2',
      'Topicc',
      'Queuec1',
      'Queuec2',
    ]);
    expect(Resources.Topicab?.Properties).toEqual({ Name: 'a-b', As: { 'Fn::Sub': 'a-b!' } });
    expect(Outputs.Outc?.Value).toEqual({ 'Fn::GetAtt': ['Topicc', 'Arn'] });
  });

  it('writes loops out in properties and conditions, over maps too', () => {
    const { Resources, Conditions } = read({
      Mappings: { M: { all: { names: ['x', 'y'] } } },
      Conditions: { 'Fn::ForEach::Is': ['N', ['A', 'B'], { 'Is${N}': { 'Fn::Equals': ['${N}', 'A'] } }] },
      Resources: {
        R: {
          Type: 'T::T::T',
          Properties: {
            'Fn::ForEach::P': ['N', { 'Fn::FindInMap': ['M', 'all', 'names'] }, { 'p${N}': '${N}' }],
          },
        },
      },
    });
    expect(Resources.R?.Properties).toEqual({ px: 'x', py: 'y' });
    expect(Object.keys(Conditions)).toEqual(['IsA', 'IsB']);
  });

  it.each([
    [{ 'Fn::If': ['Keep', 'Retain', 'Delete'] }, 'Retain'],
    [{ Ref: 'Policy' }, 'Delete'],
    [{ 'Fn::FindInMap': ['M', 'all', 'policy'] }, 'Retain'],
  ])('chooses the policy that %j says', (policy, chosen) => {
    const { Resources } = read({
      Parameters: { Policy: { Type: 'String', Default: 'Delete' } },
      Mappings: { M: { all: { policy: 'Retain' } } },
      Conditions: { Keep: { 'Fn::Equals': [{ Ref: 'Policy' }, 'Delete'] } },
      Resources: { R: { Type: 'T::T::T', DeletionPolicy: policy, UpdateReplacePolicy: policy } },
    });
    expect(Resources.R).toMatchObject({ DeletionPolicy: chosen, UpdateReplacePolicy: chosen });
  });
});

it('conditions that need each other in a chain without end are refused', () => {
  const chain = (length: number) => ({
    Resources: { R: { Type: 'T::T::T' } },
    Conditions: {
      ...Object.fromEntries(
        Array.from({ length }, (_, index) => [`C${index}`, { 'Fn::Not': [{ Condition: `C${index + 1}` }] }]),
      ),
      [`C${length}`]: { 'Fn::Equals': ['a', 'a'] },
    },
  });
  const scope = (length: number) => createScope(read(chain(length)), { parameters: {}, pseudo });
  expect(() => scope(15_000)).toThrow('more than 500 conditions each need the next');
  expect(scope(400).conditions).toMatchObject({ C0: true, C1: false });
});

describe('a value of functions in functions', () => {
  const nested = (levels: number, around: (inner: Json) => Json, inner: Json = 'xxxxxxxx') => {
    let value = inner;
    for (let level = 0; level < levels; level++) value = around(value);
    return value;
  };
  const twice = (inner: Json): Json => ({ 'Fn::Sub': ['${X}${X}', { X: inner }] });
  const scope = createScope(read({ Resources: { R: { Type: 'T::T::T' } } }), { parameters: {}, pseudo });
  const output = (value: Json) => resolve(value, scope, '/Outputs/O/Value');

  it.each([
    ['Fn::Sub', nested(60, twice)],
    ['Fn::Base64', nested(60, (inner) => ({ 'Fn::Base64': inner }))],
    ['Fn::Join', nested(30, (inner) => ({ 'Fn::Join': ['xxxx', { 'Fn::Split': ['x', inner] }] }))],
    ['Fn::ToJsonString', nested(60, (inner) => ({ 'Fn::ToJsonString': { a: inner } }), '"')],
  ])('is refused when %s would multiply it beyond the size of a template', (_, value) => {
    expect(() => output(value)).toThrow('the functions of one value make more than 4000000 characters');
  });

  it('asks for each variable of Fn::Sub once', () => {
    expect(output(nested(60, twice, ''))).toBe('');
    expect(output(nested(3, twice, 'ab'))).toBe('ab'.repeat(8));
  });

  it.each([
    ['names', { '${A}x${B}x${C}': { Type: 'T::T::T' } }],
    ['nothing', { 'Fn::ForEach::D': ['D', [], { '${A}x${B}x${C}${D}': { Type: 'T::T::T' } }] }],
  ])('loops in loops that would write too much are refused: %s', (_, fragment) => {
    const hundred = Array.from({ length: 100 }, (__, index) => `${index}`);
    const body = ['C', 'B', 'A'].reduce<object>(
      (inner, name) => ({ [`Fn::ForEach::${name}`]: [name, hundred, inner] }),
      fragment,
    );
    expect(() => read({ Resources: body })).toThrow('Template may not exceed 1000000 bytes');
  });
});

it('a policy that a condition chooses needs no transform', () => {
  const { Resources } = parseTemplate(
    JSON.stringify({
      Conditions: { Keep: { 'Fn::Equals': ['a', 'a'] } },
      Resources: { R: { Type: 'T::T::T', DeletionPolicy: { 'Fn::If': ['Keep', 'Retain', 'Delete'] } } },
    }),
  );
  expect(Resources.R?.DeletionPolicy).toBe('Retain');
});

describe('a YAML value without quotes', () => {
  it.each<[text: string, value: unknown]>([
    ['E3012', 'E3012'],
    ['.', '.'],
    ['..', '..'],
    ['1e', '1e'],
    ['12e4', '12e4'],
    ['1.10', '1.10'],
    ['1.5', 1.5],
    ['.5', '.5'],
    ['yes', true],
    ['No', false],
    ['ON', true],
    ['y', 'y'],
    ['yEs', 'yEs'],
    ['0755', 493],
    ['0o755', '0o755'],
    ['098765432109', '098765432109'],
    ['12345678901234567890', '12345678901234567890'],
    ['1_000', 1000],
    ['-7', -7],
    ['2012-10-17', '2012-10-17'],
    ['22:22', '22:22'],
    ['!!str 12', '12'],
    ['"12"', '12'],
    ['.inf', '.inf'],
    ['.nan', '.nan'],
  ])('%s is read as %j', (text, value) => {
    const template = parseTemplate(
      `Resources:\n  A:\n    Type: T::T::T\n    Properties:\n      P: ${text}\n`,
    );
    expect(template.Resources.A?.Properties?.P).toEqual(value);
  });
});
