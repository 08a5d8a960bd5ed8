/**
 * Answers "may this principal do this to that", with the statement that decides, by asking the policy engine for each
 * reading of the policies: what is sure, what holds under conditions, and what may be for all that is known.
 */

import {
  type AccessRequest,
  type Caller,
  type Decision,
  evaluate,
  type NamedPolicy,
  type Policies,
} from '../../iam/index.ts';
import type { Architecture, Resource } from '../app/model.ts';
import { oncePerApp } from '../app/once.ts';
import { rolesOf } from '../questions/runs-as.ts';
import { type Identity, namedPolicies, readIdentities } from './identities.ts';
import { conditionKeys, type Reading, type ReadPolicy, type ReadStatement } from './policy.ts';
import { readResourcePolicies } from './resource-policies.ts';

export interface Answer {
  /** `conditions`: only under conditions that the review cannot see met. */
  readonly allowed: 'yes' | 'conditions' | 'cannot-tell' | 'no';
  /** The deciding policy and statement; absent when nothing allows, or an unknown policy decides. */
  readonly policy?: ReadPolicy;
  readonly statement?: ReadStatement;
  /** Condition keys on which it hangs. */
  readonly conditions: readonly string[];
  readonly because?: string;
}

export interface AccessModel {
  readonly identities: readonly Identity[];
  identityOf(role: Resource): Identity | undefined;
  /** The identity that a resource works with; of a service that of its task definition. */
  runsAs(compute: Resource): Identity | undefined;
  policiesAt(resource: Resource): readonly ReadPolicy[];
  /** `on`: the resource whose policies stand at `arn`, when it is in the app. */
  may(identity: Identity, action: string, arn: string, on?: Resource): Answer;
  /** Anyone at all, without credentials. */
  mayAnyone(action: string, arn: string, on: Resource): Answer;
}

/** What every request to AWS has today; a condition on anything else is one that the review cannot see met. */
const context = {
  'aws:SecureTransport': 'true',
  's3:TlsVersion': '1.3',
  'aws:MultiFactorAuthPresent': 'false',
  'aws:ViaAWSService': 'false',
};

const anyone: Caller = { kind: 'anonymous', arn: '*', accountId: '' };

function callerOf({ resource, kind, name }: Identity): Caller {
  const { accountId } = resource.inStack;
  if (kind === 'user') return { kind: 'user', arn: `arn:aws:iam::${accountId}:user/${name}`, accountId };
  return {
    kind: 'role-session',
    arn: `arn:aws:sts::${accountId}:assumed-role/${name}/session`,
    roleArn: `arn:aws:iam::${accountId}:role/${name}`,
    accountId,
  };
}

const readings: readonly Reading[] = ['sure', 'conditions', 'possible'];
const plain: readonly Reading[] = ['sure'];

const answers: Readonly<Record<Reading, Answer['allowed']>> = {
  sure: 'yes',
  conditions: 'conditions',
  possible: 'cannot-tell',
};

export const nothingAllows: Answer = { allowed: 'no', conditions: [] };

/** A managed policy that is not known could allow anything. */
const everything: NamedPolicy = {
  name: 'unknown',
  document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
};

/** Without a policy in the template, AWS gives a key one that lets the account's own policies decide. */
const defaultKeyPolicy = (accountId: string): NamedPolicy => ({
  name: 'default key policy',
  document: {
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'kms:*', Resource: '*' },
  },
});

function merged(policies: readonly ReadPolicy[], reading: Reading): NamedPolicy | undefined {
  if (policies.length === 0) return undefined;
  if (policies.length === 1) return policies[0]?.readings[reading];
  const Statement = policies.flatMap((policy) => policy.readings[reading].document.Statement);
  return {
    name: policies.map(({ name }) => name).join(', '),
    document: { Version: '2012-10-17', Statement },
  };
}

/** The policy and statement behind a decision. */
function deciding(decision: Decision, searched: readonly ReadPolicy[], reading: Reading) {
  if (decision.effect !== 'allow') return {};
  const isResource = decision.layer === 'resource-based policy';
  let index = decision.statement;
  for (const policy of searched) {
    if ((policy.kind === 'resource') !== isResource) continue;
    const count = [policy.readings[reading].document.Statement].flat().length;
    const isNamed = policy.readings[reading].name === decision.policy;
    if (isNamed || isResource) {
      const statement = policy.statementOf(reading, index);
      if (isNamed || index < count) return statement === undefined ? { policy } : { policy, statement };
      index -= count;
    }
  }
  return {};
}

function buildModel(app: Architecture): AccessModel {
  const identities = readIdentities(app);
  const byRole = new Map(identities.map((identity) => [identity.resource.id, identity]));
  const atResources = readResourcePolicies(app);
  const cached = new Map<string, NamedPolicy | undefined>();
  const standing = (on: Resource | undefined, reading: Reading): NamedPolicy | undefined => {
    if (on === undefined) return undefined;
    const key = `${reading} ${on.id}`;
    if (cached.has(key)) return cached.get(key);
    const own = merged(atResources.get(on.id) ?? [], reading);
    const policy = own ?? (on.type === 'AWS::KMS::Key' ? defaultKeyPolicy(on.inStack.accountId) : undefined);
    cached.set(key, policy);
    return policy;
  };

  const ask = (identity: Identity | undefined, request: AccessRequest, on: Resource | undefined): Answer => {
    const searched = [
      ...(identity?.policies ?? []),
      ...(on === undefined ? [] : (atResources.get(on.id) ?? [])),
    ];
    const isOpen = (identity?.unknownPolicies.length ?? 0) > 0;
    const service = request.action.split(':')[0]?.toLowerCase() ?? '';
    if (!isOpen && !searched.some((policy) => policy.speaksOf(service))) return nothingAllows;
    const isPlain =
      !isOpen && searched.every((policy) => policy.isPlain) && identity?.boundary?.isPlain !== false;
    const decide = (reading: Reading): Decision => {
      const resource = standing(on, reading);
      const named = namedPolicies(identity?.policies ?? [], reading);
      const policies: Policies = {
        identity: isOpen && reading === 'possible' ? [...named, everything] : named,
        ...(identity?.boundary === undefined ? {} : { boundary: identity.boundary.readings[reading] }),
        ...(resource === undefined ? {} : { resource }),
        resourceAccountId: on?.inStack.accountId ?? identity?.resource.inStack.accountId ?? anyone.accountId,
        ...(on?.type === 'AWS::KMS::Key' ? { resourceKind: 'key' as const } : {}),
      };
      return evaluate(identity === undefined ? anyone : callerOf(identity), request, policies);
    };
    // What is not even possible need not be asked for in the narrower readings.
    if (!isPlain && decide('possible').effect === 'deny') return nothingAllows;
    for (const reading of isPlain ? plain : readings) {
      const decision = decide(reading);
      if (decision.effect !== 'allow') continue;
      const by = deciding(decision, searched, reading);
      const keys = by.statement === undefined ? [] : conditionKeys(by.statement);
      const limit = identity?.unknownBoundary;
      const allowed = limit !== undefined ? 'cannot-tell' : answers[reading];
      const because =
        limit !== undefined
          ? `its permissions boundary is not known here (${limit})`
          : reading !== 'possible'
            ? undefined
            : (by.statement?.unknown[0] ??
              by.policy?.unknown ??
              (isOpen
                ? `the text of ${identity?.unknownPolicies.join(', ')} is not known here`
                : 'a policy on the way could not be resolved'));
      return { allowed, ...by, conditions: keys, ...(because === undefined ? {} : { because }) };
    }
    return nothingAllows;
  };

  return {
    identities,
    identityOf: (role) => byRole.get(role.id),
    runsAs: (compute) => rolesOf(app, compute).flatMap((role) => byRole.get(role.id) ?? [])[0],
    policiesAt: (resource) => atResources.get(resource.id) ?? [],
    may: (identity, action, arn, on) => ask(identity, { action, resource: arn, context }, on),
    mayAnyone: (action, arn, on) => ask(undefined, { action, resource: arn, context }, on),
  };
}

/** Read once per app. */
export const accessOf = oncePerApp(buildModel);
