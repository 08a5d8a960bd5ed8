/**
 * Who a resource-based policy names, and how directly.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { many } from './conditions.ts';
import type { Caller, PrincipalElement } from './types.ts';

/**
 * `direct`: the caller itself, or everyone; nothing but an explicit deny limits it within the account.
 * `role`: the role behind a session; its boundary and session policies limit it.
 * `account`: the caller's account, which must still allow it by an identity-based policy.
 */
export type Named = 'direct' | 'role' | 'account';

export type PrincipalMatcher = (caller: Caller) => Named | undefined;

const accountRoot = /^arn:[^:]+:iam::(\d{12}):root$/;

/** `arn:aws:iam::111122223333:root` and `111122223333` are the same principal: the account. */
const canonical = (principal: string) => accountRoot.exec(principal)?.[1] ?? principal;

interface Names {
  readonly everyone: boolean;
  readonly aws: ReadonlySet<string>;
  readonly service: ReadonlySet<string>;
  readonly federated: ReadonlySet<string>;
  readonly canonicalUser: ReadonlySet<string>;
}

function read(element: PrincipalElement): Names {
  const map = element === '*' ? { AWS: '*' } : element;
  const aws = new Set(many(map.AWS).map(canonical));
  return {
    // {"AWS": "*"} and "*" are equivalent, and take in AWS services and the unauthenticated.
    everyone: aws.has('*'),
    aws,
    service: new Set(many('Service' in map ? map.Service : undefined)),
    federated: new Set(many('Federated' in map ? map.Federated : undefined)),
    canonicalUser: new Set(many('CanonicalUser' in map ? map.CanonicalUser : undefined)),
  };
}

/** The unique id that AWS shows in place of a user or role that was deleted. */
const uniqueId = (caller: Caller) => caller.userId?.split(':', 1)[0] ?? '';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services-in-opt-in-regions */
function serviceNames({ service, region }: Caller): string[] {
  if (service === undefined) return [];
  return region ? [service, service.replace('.amazonaws.com', `.${region}.amazonaws.com`)] : [service];
}

function namedDirectly(names: Names, caller: Caller): boolean {
  if (caller.canonicalUserId !== undefined && names.canonicalUser.has(caller.canonicalUserId)) return true;
  switch (caller.kind) {
    case 'service':
      return serviceNames(caller).some((name) => names.service.has(name));
    case 'federated':
      return caller.provider !== undefined && names.federated.has(caller.provider);
    case 'account-root':
      return names.aws.has(caller.accountId);
    case 'user':
      return names.aws.has(caller.arn) || names.aws.has(uniqueId(caller));
    case 'role-session':
      return names.aws.has(caller.arn);
    case 'anonymous':
      return false;
  }
}

const namesRole = (names: Names, caller: Caller) =>
  (caller.roleArn !== undefined && names.aws.has(caller.roleArn)) || names.aws.has(uniqueId(caller));

const inAccount = (caller: Caller) => caller.kind === 'user' || caller.kind === 'role-session';

export function compilePrincipal(element: PrincipalElement): PrincipalMatcher {
  const names = read(element);
  return (caller) => {
    if (names.everyone || namedDirectly(names, caller)) return 'direct';
    if (caller.kind === 'role-session' && namesRole(names, caller)) return 'role';
    if (inAccount(caller) && names.aws.has(caller.accountId)) return 'account';
    return undefined;
  };
}

/**
 * Everyone but. A user is spared only if its account is listed as well, a role session only if its account
 * and its role are (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html).
 */
export function compileNotPrincipal(element: PrincipalElement): PrincipalMatcher {
  const names = read(element);
  return (caller) => {
    if (names.everyone) return undefined;
    const spared =
      namedDirectly(names, caller) &&
      (!inAccount(caller) || names.aws.has(caller.accountId)) &&
      (caller.kind !== 'role-session' || namesRole(names, caller));
    return spared ? undefined : 'direct';
  };
}
