/** Decisions with their reasons: which statement decided, or which came closest and what it lacked. */
import { type CompiledStatement, compilePolicy } from './compile.ts';
import { many } from './conditions.ts';
import type { RequestKeys } from './request-keys.ts';
import type {
  AccessRequest,
  Allowed,
  Caller,
  Denied,
  NamedPolicy,
  PolicyLayer,
  PrincipalElement,
  Statement,
} from './types.ts';

export interface Hit {
  readonly layer: PolicyLayer;
  readonly policy: NamedPolicy;
  readonly statement: CompiledStatement;
}

function nameOf({ policy, statement }: Pick<Hit, 'policy' | 'statement'>): string {
  const sid = statement.source.Sid;
  return `statement ${statement.index}${sid ? ` (${sid})` : ''} of ${policy.name}`;
}

export function allowed(hit: Hit, request: AccessRequest): Allowed {
  return {
    effect: 'allow',
    layer: hit.layer,
    policy: hit.policy.name,
    statement: hit.statement.index,
    sid: hit.statement.source.Sid,
    explanation: `${nameOf(hit)} allows ${request.action}`,
  };
}

/** AWS's article for each kind of policy: a role has one trust policy, hence "the". */
const articles: Readonly<Record<PolicyLayer, string>> = {
  'identity-based policy': 'an',
  'resource-based policy': 'a',
  'permissions boundary': 'a',
  'session policy': 'a',
  'role trust policy': 'the',
};

export function deniedExplicitly(hit: Hit): Denied {
  return {
    effect: 'deny',
    kind: 'explicit',
    layer: hit.layer,
    policy: hit.policy.name,
    statement: hit.statement.index,
    sid: hit.statement.source.Sid,
    explanation: `an explicit deny in ${articles[hit.layer]} ${hit.layer}`,
    hint: `${nameOf(hit)} denies it`,
  };
}

function principalFor(caller: Caller): PrincipalElement {
  switch (caller.kind) {
    case 'service':
      return { Service: caller.service ?? caller.arn };
    case 'federated':
      return { Federated: caller.provider ?? caller.arn };
    case 'anonymous':
      return '*';
    case 'account-root':
    case 'user':
    case 'role-session':
      return { AWS: caller.roleArn ?? caller.arn };
  }
}

function missingStatement(layer: PolicyLayer, caller: Caller, request: AccessRequest): Statement {
  const { action: Action, resource: Resource } = request;
  if (layer === 'role trust policy') return { Effect: 'Allow', Principal: principalFor(caller), Action };
  if (layer === 'resource-based policy') {
    return { Effect: 'Allow', Principal: principalFor(caller), Action, Resource };
  }
  return { Effect: 'Allow', Action, Resource };
}

const list = (values: readonly string[]) => values.join(', ') || 'nothing';

function unmetCondition(statement: CompiledStatement, keys: RequestKeys): string {
  const clause = statement.conditions.find(({ holds }) => !holds(keys));
  if (clause === undefined) return 'it applies';
  const value = keys.get(clause.key.toLowerCase());
  const given = value === undefined ? 'absent' : list(many(value));
  return `its condition ${clause.operator} ${clause.key} [${list(clause.wanted)}] does not hold: the request's value is ${given}`;
}

/** The Allow statement that came closest: the right resource but a condition, the wrong caller, the wrong resource. */
function nearest(
  policies: readonly NamedPolicy[],
  caller: Caller,
  { action, resource }: AccessRequest,
  keys: RequestKeys,
): string | undefined {
  let best: { readonly rank: number; readonly text: string } | undefined;
  const lower = action.toLowerCase();
  for (const policy of policies) {
    for (const statement of compilePolicy(policy.document).allows) {
      if (!statement.coversAction(lower)) continue;
      const subject = `${nameOf({ policy, statement })} allows ${action}`;
      const { Resource, NotResource } = statement.source;
      const named = statement.principal === undefined || statement.principal(caller) !== undefined;
      const near = !statement.coversResource(resource, keys)
        ? {
            rank: 1,
            text: `${subject} on ${NotResource ? `all but ${list(many(NotResource))}` : list(many(Resource))}`,
          }
        : named
          ? { rank: 3, text: `${subject} here, but ${unmetCondition(statement, keys)}` }
          : { rank: 2, text: `${subject} here, but not to this caller` };
      if (best === undefined || near.rank > best.rank) best = near;
    }
  }
  return best?.text;
}

/** `searched` are all the policies of that layer. */
export function deniedImplicitly(
  layer: PolicyLayer,
  searched: readonly NamedPolicy[],
  caller: Caller,
  request: AccessRequest,
  keys: RequestKeys,
): Denied {
  return {
    effect: 'deny',
    kind: 'implicit',
    layer,
    explanation: `no ${layer} allows the ${request.action} action`,
    hint: nearest(searched, caller, request, keys),
    missing: missingStatement(layer, caller, request),
  };
}
