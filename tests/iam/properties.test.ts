/** What holds of every set of policies, not only of the recorded cases. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ANY, ANY_IN_PART, compileGlob, ONE, tokenize } from '../../src/iam/glob.ts';
import {
  evaluate,
  type NamedPolicy,
  type Policies,
  parsePolicy,
  type RequestContext,
  type Statement,
} from '../../src/iam/index.ts';
import { callers } from './callers.ts';

const account = '111122223333';
const names = fc.constantFrom('worker', 'alice', 'root', 'stranger', 'sns', 'anonymous');
const actions = fc.constantFrom('s3:GetObject', 's3:PutObject', 'sqs:SendMessage');
const resources = fc.constantFrom('arn:aws:s3:::plans/a', 'arn:aws:s3:::plans/b', '*');
const values = fc.constantFrom('red', 'blue', '7', 'true', '10.0.0.1');

const oneOrMany = (item: fc.Arbitrary<string>) =>
  fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
const actionPatterns = oneOrMany(fc.constantFrom('*', 's3:*', 's3:Get*', 's3:PutObject', 'sqs:Send?essage'));
const resourcePatterns = oneOrMany(
  fc.constantFrom('*', 'arn:aws:s3:::plans/*', 'arn:aws:s3:::plans/a', 'arn:aws:s3:::${aws:username}/*'),
);
const operators = fc.constantFrom(
  ...['StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIfExists', 'ForAnyValue:StringEquals'],
  ...['ForAllValues:StringNotEquals', 'NumericLessThan', 'Bool', 'IpAddress', 'NotIpAddress', 'Null'],
);
const fits: Readonly<Record<string, string>> = {
  NumericLessThan: '9',
  Bool: 'true',
  IpAddress: '10.0.0.0/8',
  NotIpAddress: '10.0.0.0/8',
  Null: 'false',
};
const conditions = fc.option(
  fc.tuple(operators, values).map(([name, value]) => ({ [name]: { 'aws:Probe': fits[name] ?? value } })),
  { nil: undefined },
);
const principals = fc.constantFrom(
  '*' as const,
  { AWS: account },
  { AWS: 'arn:aws:iam::111122223333:role/app/Worker' },
  { AWS: 'arn:aws:sts::111122223333:assumed-role/Worker/task-1' },
  { AWS: ['arn:aws:iam::111122223333:user/alice', '999988887777'] },
  { Service: 'sns.amazonaws.com' },
);

function statements(effect: fc.Arbitrary<'Allow' | 'Deny'>): fc.Arbitrary<Statement> {
  return fc
    .tuple(effect, actionPatterns, resourcePatterns, conditions, fc.boolean(), fc.boolean())
    .map(([Effect, action, resource, Condition, notAction, notResource]) => ({
      Effect,
      ...(notAction ? { NotAction: action } : { Action: action }),
      ...(notResource ? { NotResource: resource } : { Resource: resource }),
      ...(Condition && { Condition }),
    }));
}

const any = statements(fc.constantFrom('Allow', 'Deny'));
const allow = statements(fc.constant('Allow'));
const withPrincipal = fc
  .tuple(any, principals)
  .map(([statement, Principal]) => ({ ...statement, Principal }));

interface World {
  readonly identity: readonly Statement[];
  readonly boundary?: readonly Statement[];
  readonly session?: readonly Statement[];
  readonly resource: readonly Statement[];
}

const worlds: fc.Arbitrary<World> = fc.record({
  identity: fc.array(any, { maxLength: 4 }),
  boundary: fc.option(fc.array(any, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  session: fc.option(fc.array(any, { minLength: 1, maxLength: 2 }), { nil: undefined }),
  resource: fc.array(withPrincipal, { maxLength: 3 }),
});

const questions = fc.record({
  caller: names,
  action: actions,
  resource: resources,
  probe: fc.option(fc.oneof(values, fc.array(values, { maxLength: 3 })), { nil: undefined }),
});

function policy(name: string, Statement: readonly Statement[], kind: 'identity' | 'resource'): NamedPolicy {
  return { name, document: parsePolicy({ Version: '2012-10-17', Statement }, kind) };
}

function policiesOf({ identity, boundary, session, resource }: World): Policies {
  return {
    identity: identity.length > 0 ? [policy('identity', identity, 'identity')] : [],
    boundary: boundary && policy('boundary', boundary, 'identity'),
    session: session && [policy('session', session, 'identity')],
    resource: resource.length > 0 ? policy('resource', resource, 'resource') : undefined,
    resourceAccountId: account,
  };
}

type Question = typeof questions extends fc.Arbitrary<infer Q> ? Q : never;

function decide(world: World, { caller: name, action, resource, probe }: Question) {
  const caller = callers[name];
  if (caller === undefined) throw new Error(`no caller is called ${name}`);
  const context: RequestContext = probe === undefined ? {} : { 'aws:probe': probe };
  return evaluate(caller, { action, resource, context }, policiesOf(world));
}

function ask(world: World, question: Question) {
  const decision = decide(world, question);
  return decision.effect === 'allow' ? 'allow' : decision.kind;
}

const runs = { numRuns: 200 };

test('an explicit deny never becomes an allow by adding allows', () => {
  fc.assert(
    fc.property(
      worlds,
      fc.array(allow, { minLength: 1, maxLength: 3 }),
      questions,
      (world, more, question) => {
        fc.pre(ask(world, question) === 'explicit');
        const everyone = more.map((statement) => ({ ...statement, Principal: '*' as const }));
        const wider = {
          identity: [...world.identity, ...more],
          boundary: world.boundary && [...more, ...world.boundary],
          session: world.session && [...world.session, ...more],
          resource: [...everyone, ...world.resource],
        };
        expect(ask(wider, question)).toBe('explicit');
      },
    ),
    runs,
  );
});

test('adding an allow statement never turns an allow into a deny', () => {
  fc.assert(
    fc.property(worlds, allow, principals, questions, (world, more, Principal, question) => {
      fc.pre(ask(world, question) === 'allow');
      const wider = {
        identity: [more, ...world.identity],
        boundary: world.boundary && [...world.boundary, more],
        session: world.session && [...world.session, more],
        resource: [{ ...more, Principal }, ...world.resource],
      };
      expect(ask(wider, question)).toBe('allow');
    }),
    runs,
  );
});

test('a boundary or a session policy never turns a deny into an allow', () => {
  fc.assert(
    fc.property(worlds, questions, (world, question) => {
      const unlimited = { identity: world.identity, resource: world.resource };
      fc.pre(ask(unlimited, question) !== 'allow');
      expect(ask(world, question)).not.toBe('allow');
    }),
    runs,
  );
});

test('the order of statements does not matter', () => {
  fc.assert(
    fc.property(worlds, questions, (world, question) => {
      const turned = {
        identity: world.identity.toReversed(),
        boundary: world.boundary?.toReversed(),
        session: world.session?.toReversed(),
        resource: world.resource.toReversed(),
      };
      expect(ask(turned, question)).toBe(ask(world, question));
    }),
    runs,
  );
});

test('the statement that a denial says is missing turns it into an allow, or into a denial elsewhere', () => {
  fc.assert(
    fc.property(worlds, questions, (world, question) => {
      const before = decide(world, question);
      if (before.effect === 'allow' || before.kind === 'explicit') return fc.pre(false);
      if (before.missing === undefined) throw new Error('nothing is missing');
      const { missing, layer } = before;
      const mended = {
        identity: layer === 'identity-based policy' ? [...world.identity, missing] : world.identity,
        boundary: layer === 'permissions boundary' ? [...(world.boundary ?? []), missing] : world.boundary,
        session: layer === 'session policy' ? [...(world.session ?? []), missing] : world.session,
        resource: layer === 'resource-based policy' ? [...world.resource, missing] : world.resource,
      };
      const after = decide(mended, question);
      if (after.effect === 'deny') expect(after.layer).not.toBe(layer);
    }),
    runs,
  );
});

const pieces = fc.array(fc.constantFrom('a', 'b', ':', '/', '.', '*', '?', '$', '\n'), { maxLength: 14 });
const texts = fc.array(fc.constantFrom('a', 'b', ':', '/', '.', '*', '\n'), { maxLength: 16 });
const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

test('wildcards of plain text agree with a regular expression', () => {
  fc.assert(
    fc.property(pieces, texts, (pattern, text) => {
      const oracle = pattern
        .map((one) => (one === '*' ? '[^]*' : one === '?' ? '[^]' : escaped(one)))
        .join('');
      const matches = compileGlob(tokenize(pattern.join(''), 'text'));
      expect(matches(text.join(''))).toBe(new RegExp(`^${oracle}$`).test(text.join('')));
    }),
    { numRuns: 4000 },
  );
});

test('wildcards of ARNs agree with a regular expression built from the rule on colons', () => {
  fc.assert(
    fc.property(pieces, texts, (pattern, text) => {
      const whole = pattern.join('');
      const oracle = pattern
        .map((one, index) => {
          const early = whole.slice(0, index).split(':').length <= 5;
          const endsPart = index + 1 === whole.length || whole[index + 1] === ':';
          if (one === '*') return early && !endsPart ? '[^:]*' : '[^]*';
          if (one === '?') return early ? '[^:]' : '[^]';
          return escaped(one);
        })
        .join('');
      const matches = compileGlob(tokenize(whole, 'arn'));
      expect(matches(text.join(''))).toBe(new RegExp(`^${oracle}$`).test(text.join('')));
    }),
    { numRuns: 4000 },
  );
});

test('a pattern of many stars is answered without exploding', () => {
  const matches = compileGlob(tokenize(`${'*a'.repeat(60)}b`, 'text'));
  expect(matches('a'.repeat(5000))).toBe(false);
  expect(tokenize('a*b?', 'text')).toEqual([97, ANY, 98, ONE]);
  expect(tokenize('a*b', 'arn')).toEqual([97, ANY_IN_PART, 98]);
});
