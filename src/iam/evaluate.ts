/**
 * The decision: an explicit deny wins; then what allows within an account, across accounts, under a
 * permissions boundary and session policies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import { type CompiledStatement, compilePolicy } from './compile.ts';
import { allowed, deniedExplicitly, deniedImplicitly, type Hit } from './explain.ts';
import type { Named } from './principals.ts';
import { RequestKeys } from './request-keys.ts';
import type {
  AccessRequest,
  Caller,
  Decision,
  NamedPolicy,
  Policies,
  PolicyDocument,
  PolicyLayer,
  RequestContext,
} from './types.ts';

/** The root user of an account is allowed everything in it that no policy denies. */
const rootAccess: readonly NamedPolicy[] = [
  {
    name: 'account root user',
    document: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  },
];

/**
 * A root user can always repair a bucket policy that locked everyone out.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html
 */
const rootMayAlways = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy']);

interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly resource: string;
  readonly keys: RequestKeys;
}

function covers(statement: CompiledStatement, { action, resource, keys }: Asked): boolean {
  if (!statement.coversAction(action) || !statement.coversResource(resource, keys)) return false;
  for (const clause of statement.conditions) if (!clause.holds(keys)) return false;
  return true;
}

function find(
  policies: readonly NamedPolicy[],
  effect: 'allows' | 'denies',
  layer: PolicyLayer,
  asked: Asked,
): Hit | undefined {
  for (const policy of policies) {
    for (const statement of compilePolicy(policy.document)[effect]) {
      if (covers(statement, asked)) return { layer, policy, statement };
    }
  }
  return undefined;
}

/** A boundary makes `NotPrincipal` with Deny apply to its principal whatever it lists (AWS's page on NotPrincipal). */
function findResourceDeny(policy: NamedPolicy, layer: PolicyLayer, bounded: boolean, asked: Asked) {
  for (const statement of compilePolicy(policy.document).denies) {
    const named =
      (bounded && statement.source.NotPrincipal !== undefined) || statement.principal?.(asked.caller);
    if (named && covers(statement, asked)) return { layer, policy, statement };
  }
  return undefined;
}

const strength: Readonly<Record<Named, number>> = { account: 1, role: 2, direct: 3 };

/** The most direct way in which a resource-based policy allows the caller. */
function findGrant(
  policy: NamedPolicy,
  layer: PolicyLayer,
  asked: Asked,
): (Hit & { named: Named }) | undefined {
  let best: (Hit & { named: Named }) | undefined;
  for (const statement of compilePolicy(policy.document).allows) {
    const named = statement.principal?.(asked.caller);
    if (named === undefined || (best !== undefined && strength[named] <= strength[best.named])) continue;
    if (covers(statement, asked)) best = { layer, policy, statement, named };
    if (best?.named === 'direct') return best;
  }
  return best;
}

function findDeny(policies: Policies, identity: readonly NamedPolicy[], own: PolicyLayer, asked: Asked) {
  const { boundary, session, resource } = policies;
  const hit =
    find(identity, 'denies', 'identity-based policy', asked) ??
    (boundary && find([boundary], 'denies', 'permissions boundary', asked)) ??
    (session && find(session, 'denies', 'session policy', asked));
  if (hit !== undefined || resource === undefined) return hit;
  const rootRepairs =
    asked.caller.kind === 'account-root' &&
    asked.caller.accountId === policies.resourceAccountId &&
    rootMayAlways.has(asked.action);
  return rootRepairs ? undefined : findResourceDeny(resource, own, boundary !== undefined, asked);
}

export function evaluate(caller: Caller, request: AccessRequest, policies: Policies): Decision {
  const { boundary, session, resource, resourceAccountId, resourceKind = 'resource' } = policies;
  const asked: Asked = {
    caller,
    action: request.action.toLowerCase(),
    resource: request.resource,
    keys: new RequestKeys(caller, request, resourceAccountId),
  };
  const own: PolicyLayer = resourceKind === 'trust' ? 'role trust policy' : 'resource-based policy';
  const identity = caller.kind === 'account-root' ? rootAccess : policies.identity;

  const deny = findDeny(policies, identity, own, asked);
  if (deny !== undefined) return deniedExplicitly(deny);

  const lacking = (layer: PolicyLayer, searched: readonly NamedPolicy[]) =>
    deniedImplicitly(layer, searched, caller, request, asked.keys);
  const resourcePolicies = resource === undefined ? [] : [resource];
  const grant = resource && findGrant(resource, own, asked);

  // Services, federated and anonymous callers have no identity-based policies to be allowed by.
  if (caller.kind === 'service' || caller.kind === 'federated' || caller.kind === 'anonymous') {
    return grant === undefined ? lacking(own, resourcePolicies) : allowed(grant, request);
  }

  const sameAccount = caller.accountId === resourceAccountId;
  if (sameAccount && grant?.named === 'direct') return allowed(grant, request);

  const byIdentity = find(identity, 'allows', 'identity-based policy', asked);
  const byResource = sameAccount && grant?.named === 'role' ? grant : undefined;
  const allow = byIdentity ?? byResource;
  const mustGrant = !sameAccount || resourceKind !== 'resource';
  // Across accounts AWS names the identity-based policies first; a trust or key policy comes before them.
  if (mustGrant && grant === undefined && (sameAccount || allow !== undefined)) {
    return lacking(own, resourcePolicies);
  }
  if (allow === undefined) return lacking('identity-based policy', identity);
  if (boundary !== undefined && find([boundary], 'allows', 'permissions boundary', asked) === undefined) {
    return lacking('permissions boundary', [boundary]);
  }
  if (session?.length && find(session, 'allows', 'session policy', asked) === undefined) {
    return lacking('session policy', session);
  }
  return allowed(allow, request);
}

/**
 * Only what a role's trust policy says. Where it names the caller's account rather than the caller, the caller's
 * own policies must allow too: `evaluate` with `resourceKind: 'trust'` decides both.
 */
export function evaluateTrust(
  caller: Caller,
  action: string,
  trustPolicy: PolicyDocument,
  context: RequestContext,
): Decision {
  const policy: NamedPolicy = { name: 'trust policy', document: trustPolicy };
  const request: AccessRequest = { action, resource: '*', context };
  const keys = new RequestKeys(caller, request);
  const asked: Asked = { caller, action: action.toLowerCase(), resource: '*', keys };
  const deny = findResourceDeny(policy, 'role trust policy', false, asked);
  if (deny !== undefined) return deniedExplicitly(deny);
  const grant = findGrant(policy, 'role trust policy', asked);
  if (grant !== undefined) return allowed(grant, request);
  return deniedImplicitly('role trust policy', [policy], caller, request, keys);
}
