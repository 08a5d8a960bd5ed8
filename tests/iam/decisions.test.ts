/** Every decision of `cases/*.json`: given a caller, a request and policies, expect a decision. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type Caller,
  denialMessage,
  evaluate,
  type NamedPolicy,
  type PolicyKind,
  type PolicyLayer,
  parsePolicy,
  type RequestContext,
  type Statement,
} from '../../src/iam/index.ts';
import { callers } from './callers.ts';

type Effect = 'allow' | 'explicit deny' | 'implicit deny';
/** Statements, or a whole document where its version matters. */
type Given = readonly object[] | object;

interface Case {
  readonly fact: string;
  readonly caller: string | Caller;
  readonly action: string;
  readonly resource: string;
  readonly context?: RequestContext;
  readonly identity?: Given;
  readonly identities?: readonly Given[];
  readonly boundary?: Given;
  readonly session?: Given;
  readonly sessions?: readonly Given[];
  readonly resourcePolicy?: Given;
  readonly resourceKind?: 'resource' | 'trust' | 'key';
  readonly expect:
    | Effect
    | {
        readonly effect: Effect;
        readonly layer?: PolicyLayer;
        readonly policy?: string;
        readonly statement?: number;
        readonly sid?: string;
        readonly missing?: Statement;
        readonly message?: string;
        /** A part of the hint. */
        readonly hint?: string;
      };
}

interface CaseFile {
  readonly about: string;
  /** What all cases of the file share. */
  readonly given: Partial<Case>;
  readonly cases: readonly Case[];
}

function policy(name: string, given: Given, kind: PolicyKind): NamedPolicy {
  const document = Array.isArray(given) ? { Version: '2012-10-17', Statement: given } : given;
  return { name, document: parsePolicy(document, kind) };
}

function decide(one: Case) {
  const caller = typeof one.caller === 'string' ? callers[one.caller] : one.caller;
  if (caller === undefined) throw new Error(`no caller is called ${one.caller}`);
  const request = { action: one.action, resource: one.resource, context: one.context ?? {} };
  const named = (name: string, given: readonly Given[]) =>
    given.map((each, index) => policy(`${name} ${index}`, each, 'identity'));
  const none = (given: Given | undefined) =>
    given === undefined || (Array.isArray(given) && given.length === 0);
  const sessions = one.sessions ?? (one.session && [one.session]);
  const resourceKind = one.resourceKind ?? 'resource';
  const decision = evaluate(caller, request, {
    identity: named(
      'identity',
      one.identities ?? (one.identity && !none(one.identity) ? [one.identity] : []),
    ),
    boundary: one.boundary && policy('boundary', one.boundary, 'identity'),
    session: sessions && named('session', sessions),
    resource:
      one.resourcePolicy && !none(one.resourcePolicy)
        ? policy('resource', one.resourcePolicy, resourceKind === 'trust' ? 'trust' : 'resource')
        : undefined,
    resourceAccountId: '111122223333',
    resourceKind,
  });
  const message = decision.effect === 'deny' ? denialMessage(caller, request, decision) : undefined;
  return { decision, message };
}

const folder = new URL('cases/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there is a folder full of decisions', () => {
  expect(files.length).toBeGreaterThan(9);
});

for (const name of files) {
  const file = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile; // the shape is this suite's own
  describe(file.about, () => {
    for (const row of file.cases) {
      const one = { ...file.given, ...row };
      test(one.fact, () => {
        const { decision, message } = decide(one);
        const wanted = typeof one.expect === 'string' ? { effect: one.expect } : one.expect;
        const effect = decision.effect === 'allow' ? 'allow' : `${decision.kind} deny`;
        expect(effect, decision.explanation).toBe(wanted.effect);
        const { effect: _, message: words, hint, ...rest } = wanted;
        expect(decision).toMatchObject(rest);
        if (words !== undefined) expect(message).toBe(words);
        if (hint !== undefined) expect(decision.effect === 'deny' && decision.hint).toContain(hint);
      });
    }
  });
}
