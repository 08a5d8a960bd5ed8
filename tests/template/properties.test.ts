/** What holds for every input: properties of the resolver, the order, the YAML reader and Fn::Cidr. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import {
  analyse,
  createScope,
  findProblems,
  type Json,
  parseTemplate,
  resolve,
  type Scope,
} from '../../src/template/index.ts';
import { errorOf, pseudo } from './support.ts';

const bare = parseTemplate('{"Resources":{"A":{"Type":"T::T::T"}}}');
const scope: Scope = createScope(bare, { parameters: {}, pseudo });

/** JSON whose keys and texts mean nothing to CloudFormation. */
const plainJson = fc
  .jsonValue({ maxDepth: 4 })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json)
  .filter((value) => !/"(Ref|Fn::[^"]*)":|\{\{resolve:/.test(JSON.stringify(value)));

/** For each of n resources, on which earlier (lower) ones it depends, in a shuffled template. */
const dag = fc.integer({ min: 1, max: 25 }).chain((size) =>
  fc.record({
    edges: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 60 }),
    names: fc.shuffledSubarray(
      Array.from({ length: size }, (_, index) => `R${index}`),
      { minLength: size },
    ),
    kinds: fc.infiniteStream(fc.constantFrom('dependsOn', 'ref', 'getAtt', 'sub')),
  }),
);

type Kind = 'dependsOn' | 'ref' | 'getAtt' | 'sub';

function templateOf(names: readonly string[], edges: readonly (readonly [string, string, Kind])[]) {
  const resources = names.map((name) => {
    const mine = edges.filter(([from]) => from === name);
    const uses = mine.map(([, to, kind]) => {
      if (kind === 'ref') return { Ref: to };
      if (kind === 'getAtt') return { 'Fn::GetAtt': [to, 'Arn'] };
      return { 'Fn::Sub': `x-\${${to}}` };
    });
    const dependsOn = mine.filter(([, , kind]) => kind === 'dependsOn').map(([, to]) => to);
    const others = uses.filter((_, index) => mine[index]?.[2] !== 'dependsOn');
    return [name, { Type: 'T::T::T', DependsOn: dependsOn, Properties: { Uses: others } }];
  });
  return parseTemplate(JSON.stringify({ Resources: Object.fromEntries(resources) }));
}

describe('for every template', () => {
  it('resolving JSON without intrinsics gives it back', () => {
    fc.assert(
      fc.property(plainJson, (value) => {
        expect(resolve(value, scope)).toEqual(value);
      }),
    );
  });

  it('the order puts every resource after all it depends on', () => {
    fc.assert(
      fc.property(dag, ({ edges, names, kinds }) => {
        const named = edges.flatMap(([a, b]): [string, string, Kind][] => {
          const kind = kinds.next().value;
          return a === b ? [] : [[`R${Math.max(a, b)}`, `R${Math.min(a, b)}`, kind]];
        });
        const graph = analyse(templateOf(names, named));
        const place = new Map(graph.order.map((id, index) => [id, index]));
        expect([...graph.order].sort()).toEqual([...names].sort());
        for (const [from, to] of named) {
          expect(place.get(from)).toBeGreaterThan(place.get(to) ?? Number.POSITIVE_INFINITY);
          expect(graph.dependents(to)).toContain(from);
        }
      }),
    );
  });

  it('a cycle is always found, and the printed path is a cycle of the template', () => {
    fc.assert(
      fc.property(dag, fc.nat(), fc.nat(), ({ edges, names, kinds }, a, b) => {
        const take = (at: number): string => names[at % names.length] ?? '';
        const named = edges.map(([x, y]): [string, string, Kind] => [take(x), take(y), kinds.next().value]);
        // A path from one resource to another and an edge back, whatever else there is.
        const closing: [string, string, Kind][] = [
          [take(a), take(b), 'ref'],
          [take(b), take(a), 'dependsOn'],
        ];
        const all = [...named, ...closing];
        const problems = findProblems(templateOf(names, all)).map((problem) => problem.message);
        expect(problems.length).toBeGreaterThan(0);
        for (const message of problems) {
          const path = /: (R\d+(?: → R\d+)+);/.exec(message)?.[1]?.split(' → ') ?? [];
          expect(path.length).toBeGreaterThan(1);
          expect(path[0]).toBe(path.at(-1));
          for (const [index, from] of path.slice(0, -1).entries()) {
            expect(all.some(([x, y]) => x === from && y === path[index + 1])).toBe(true);
          }
        }
      }),
    );
  });

  it('the YAML long form reads as the JSON it was written from', () => {
    const properties = fc.dictionary(fc.string({ minLength: 1 }), withoutNull(), { maxKeys: 5 });
    fc.assert(
      fc.property(properties, (written) => {
        const body = { Resources: { A: { Type: 'T::T::T', Properties: written } } };
        const json = parseTemplate(JSON.stringify(body));
        const yaml = parseTemplate(stringify(body, { version: '1.1', aliasDuplicateObjects: false }));
        expect(yaml.body).toEqual(json.body);
      }),
    );
  });

  it('YAML short forms read as the JSON long form', () => {
    fc.assert(
      fc.property(intrinsic(), (value) => {
        const yaml = `Resources:\n  A:\n    Type: T::T::T\n    Properties:\n      P: ${shortForm(value)}\n`;
        const json = { Resources: { A: { Type: 'T::T::T', Properties: { P: value } } } };
        expect(parseTemplate(yaml).body).toEqual(json);
      }),
    );
  });
});

function withoutNull(): fc.Arbitrary<Json> {
  return plainJson.filter((value) => !JSON.stringify(value).includes('null'));
}

/** Nested intrinsics in long form, with texts that need quoting. */
function intrinsic(): fc.Arbitrary<Json> {
  const name = fc.stringMatching(/^[A-Z][a-z0-9]{0,6}$/);
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.string(),
      fc.integer(),
      name.map((Ref) => ({ Ref })),
      fc.tuple(name, name).map(([id, attribute]) => ({ 'Fn::GetAtt': [id, attribute] })),
      fc.string().map((text) => ({ 'Fn::Sub': text })),
      fc.tuple(fc.string(), tie('value')).map(([text, X]) => ({ 'Fn::Sub': [text, { X }] })),
      fc.array(tie('value'), { maxLength: 3 }).map((list) => ({ 'Fn::Join': [',', list] })),
      fc.tuple(name, tie('value'), tie('value')).map((list) => ({ 'Fn::If': list })),
      fc.tuple(fc.nat(9), tie('value')).map((list) => ({ 'Fn::Select': list })),
    ),
  }));
  return value;
}

/** Flow style, where nested short forms are allowed. JSON texts are valid double-quoted YAML. */
function shortForm(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(shortForm).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [[key, argument] = ['', null], ...others] = Object.entries(value);
  if (key === 'Ref') return `!Ref ${String(argument)}`;
  if (key === 'Fn::GetAtt' && Array.isArray(argument)) return `!GetAtt ${argument.join('.')}`;
  if (key.startsWith('Fn::') && others.length === 0) return `!${key.slice(4)} ${shortForm(argument)}`;
  return `{ ${Object.entries(value)
    .map(([name, item]) => `${name}: ${shortForm(item)}`)
    .join(', ')} }`;
}

describe('for every text', () => {
  it('JSON that JSON.parse refuses is refused with a line, anything else is read', () => {
    const damaged = fc.record({
      value: fc.jsonValue(),
      at: fc.nat(),
      by: fc.constantFrom('', ',', '}', '"', 'x', ']'),
    });
    fc.assert(
      fc.property(damaged, ({ value, at, by }) => {
        const whole = JSON.stringify({ Metadata: { value } }, null, 1);
        const cut = 1 + (at % (whole.length - 1));
        const text = whole.slice(0, cut) + by + whole.slice(cut + (by === '' ? 1 : 0));
        if (isJson(text)) return;
        expect(errorOf(() => parseTemplate(text)).message).toMatch(
          /is not well-formed JSON \(line \d+, column \d+\): \w/,
        );
        expect(errorOf(() => parseTemplate(text)).message).not.toContain('JSON at position');
      }),
    );
  });

  function isJson(text: string): boolean {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  }

  it('Split takes apart what Join put together', () => {
    const delimiter = fc.string({ minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(delimiter, fc.array(fc.string(), { minLength: 1 }), (by, parts) => {
        const clean = parts.map((part) => part.replaceAll(by, ''));
        const joined = clean.join(by);
        // A delimiter such as "aa" can also arise across a border; then there is no one way back.
        fc.pre(joined.split(by).length === clean.length && !joined.includes('{{resolve:'));
        const value = { 'Fn::Split': [by, { 'Fn::Join': [by, clean] }] };
        expect(resolve(value, scope)).toEqual(joined.split(by));
        expect(resolve({ 'Fn::Join': [by, { 'Fn::Split': [by, joined] }] }, scope)).toBe(joined);
      }),
    );
  });

  it('Base64 can be read back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const encoded = resolve({ 'Fn::Base64': text }, scope);
        expect(Buffer.from(String(encoded), 'base64').toString('utf8')).toBe(text);
      }),
    );
  });
});

describe('for every address block', () => {
  it.each([
    { version: 4, width: 32, address: fc.ipV4() },
    { version: 6, width: 128, address: fc.ipV6() },
  ])('Cidr makes blocks of one size, inside it and disjoint (IPv$version)', ({ width, address }) => {
    const input = fc
      .record({
        address,
        prefix: fc.integer({ min: 0, max: width - 1 }),
        count: fc.integer({ min: 1, max: 256 }),
      })
      .chain((given) =>
        fc.record({ given: fc.constant(given), bits: fc.integer({ min: 1, max: width - given.prefix }) }),
      );
    fc.assert(
      fc.property(input, ({ given, bits }) => {
        const count = Math.min(given.count, 2 ** Math.min(9, width - given.prefix - bits));
        const block = `${given.address}/${given.prefix}`;
        const resolved = resolve({ 'Fn::Cidr': [block, count, bits] }, scope);
        const blocks = Array.isArray(resolved) ? resolved.map((one) => range(String(one), width)) : [];
        const whole = range(block, width);
        expect(blocks).toHaveLength(count);
        for (const [index, one] of blocks.entries()) {
          const end = one.start + 2n ** BigInt(bits);
          expect(one.prefix).toBe(width - bits);
          expect(one.start >= whole.start && end <= whole.start + 2n ** BigInt(width - whole.prefix)).toBe(
            true,
          );
          expect(one.start >= (blocks[index - 1]?.end ?? 0n)).toBe(true);
        }
      }),
    );
  });

  /** Read back independently of the code under test: through the URL parser for IPv6. */
  function range(block: string, width: number): { start: bigint; end: bigint; prefix: number } {
    const [address = '', prefix = ''] = block.split('/');
    const digits =
      width === 32
        ? address.split('.').map((octet) => Number(octet).toString(2).padStart(8, '0'))
        : groupsOf(new URL(`http://[${address}]`).hostname.slice(1, -1)).map((group) =>
            Number.parseInt(group, 16).toString(2).padStart(16, '0'),
          );
    const bits = digits.join('').slice(0, Number(prefix)).padEnd(width, '0');
    const start = BigInt(`0b${bits}`);
    return { start, end: start + 2n ** BigInt(width - Number(prefix)), prefix: Number(prefix) };
  }

  function groupsOf(address: string): string[] {
    const [head = '', tail = ''] = address.split('::');
    const left = head.split(':').filter((group) => group !== '');
    const right = tail.split(':').filter((group) => group !== '');
    return [...left, ...new Array<string>(8 - left.length - right.length).fill('0'), ...right];
  }
});
