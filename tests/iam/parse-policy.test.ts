/** Documents that are refused, each with the place and AWS's reason; and those that are not. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { evaluate, evaluateTrust, PolicyError, type PolicyKind, parsePolicy } from '../../src/iam/index.ts';
import { callers } from './callers.ts';

interface Refusal {
  readonly fact: string;
  readonly kind?: PolicyKind;
  /** Laid over a good statement of its kind; null takes an element out. */
  readonly statement?: Readonly<Record<string, unknown>>;
  /** Instead: a whole document, or its text. */
  readonly document?: unknown;
  /** Absent when the document is accepted. */
  readonly refused?: { readonly path: string; readonly message: string };
}

const good: Readonly<Record<PolicyKind, object>> = {
  identity: { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::plans/*' },
  resource: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::plans/*' },
  trust: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
};

function problemsOf({ kind = 'identity', statement, document }: Refusal) {
  const merged = Object.entries({ ...good[kind], ...statement }).filter(([, value]) => value !== null);
  const given = document ?? { Version: '2012-10-17', Statement: [Object.fromEntries(merged)] };
  try {
    parsePolicy(typeof given === 'string' ? given : Object(given), kind);
    return [];
  } catch (error) {
    if (error instanceof PolicyError) return error.problems;
    throw error;
  }
}

const rows = JSON.parse(
  readFileSync(new URL('documents.json', import.meta.url), 'utf8'),
) as readonly Refusal[]; // this suite's own file

describe('parsePolicy', () => {
  for (const row of rows) {
    test(row.fact, () => {
      const problems = problemsOf(row);
      if (row.refused === undefined) return expect(problems).toEqual([]);
      expect(problems.map(({ path }) => path)).toContain(row.refused.path);
      expect(problems.map(({ message }) => message).join('\n')).toContain(row.refused.message);
    });
  }

  test('names every problem of a document at once', () => {
    const document = { Statement: [{ Effect: 'allow', Action: 'GetObject', Resource: 'plans' }] };
    expect(problemsOf({ fact: '', document }).map(({ path }) => path)).toEqual([
      '/Statement/0/Effect',
      '/Statement/0/Action',
      '/Statement/0/Resource',
    ]);
  });

  test('is an error that carries the code AWS answers with', () => {
    expect(() => parsePolicy('{')).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }));
  });

  test('keeps its own copy of the document', () => {
    const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
    const document = parsePolicy({ Version: '2012-10-17', Statement: [statement] });
    statement.Action = 's3:*';
    expect(document.Statement).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }]);
  });
});

test('a condition that was never parsed is an error, not an allow', () => {
  const Condition = { StringEqual: { 'aws:SourceVpc': 'v' } };
  const document = { Statement: { Effect: 'Allow', Action: '*', Resource: '*', Condition } } as const;
  const worker = callers.worker;
  if (worker === undefined) throw new Error('worker is gone');
  const request = { action: 's3:GetObject', resource: '*', context: {} };
  const policies = { identity: [{ name: 'raw', document }], resourceAccountId: worker.accountId };
  expect(() => evaluate(worker, request, policies)).toThrow('Invalid Condition type : StringEqual');
});

describe('evaluateTrust', () => {
  const trust = (statement: object) => parsePolicy({ Version: '2012-10-17', Statement: statement }, 'trust');
  const allow = { Effect: 'Allow', Action: 'sts:AssumeRole' };
  const ask = (who: string, statement: object) => {
    const caller = callers[who];
    if (caller === undefined) throw new Error(`no caller is called ${who}`);
    return evaluateTrust(caller, 'sts:AssumeRole', trust(statement), {});
  };

  test('allows the service that the role trusts', () => {
    const decision = ask('lambda', { ...allow, Principal: { Service: 'lambda.amazonaws.com' } });
    expect(decision).toMatchObject({ effect: 'allow', layer: 'role trust policy', statement: 0 });
  });

  test('says which statement the trust policy lacks', () => {
    const decision = ask('sns', { ...allow, Principal: { Service: 'lambda.amazonaws.com' } });
    expect(decision).toMatchObject({
      effect: 'deny',
      explanation: 'no role trust policy allows the sts:AssumeRole action',
      hint: 'statement 0 of trust policy allows sts:AssumeRole here, but not to this caller',
      missing: { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sts:AssumeRole' },
    });
  });

  test('counts the account of a user as trusting that user', () => {
    expect(ask('alice', { ...allow, Principal: { AWS: '111122223333' } }).effect).toBe('allow');
  });

  test('denies explicitly where the trust policy does', () => {
    expect(ask('alice', { ...allow, Effect: 'Deny', Principal: '*' })).toMatchObject({ kind: 'explicit' });
  });
});
