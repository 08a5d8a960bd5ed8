/**
 * Principals of a resource-based policy that are not there. AWS refuses to keep a policy that names one; those of
 * accounts that are not here cannot be looked up and are taken as given.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { parseArn } from '../../core/arn.ts';
import {
  type OneOrMany,
  type PolicyDocument,
  PolicyError,
  type PrincipalElement,
  parsePolicy,
} from '../../iam/index.ts';
import type { Accounts } from './accounts.ts';

/** Of a text that is no policy there are none: what is wrong with it, its reader says. */
export type UnknownPrincipals = (policy: PolicyDocument | string) => readonly string[];

export const unknownPrincipals =
  (accounts: Pick<Accounts, 'find'>): UnknownPrincipals =>
  (policy) => {
    const document = typeof policy === 'string' ? readPolicy(policy) : policy;
    if (document === undefined) return [];
    const isUnknown = (principal: string): boolean => {
      // AWS shows a unique id in place of who was deleted, and refuses to take it in a new policy.
      if (/^A(?:ROA|IDA)[A-Z0-9]+$/.test(principal)) return true;
      const { service, account, resource = '' } = parseArn(principal) ?? {};
      const identities = account && accounts.find(account);
      if (!identities) return false;
      const [kind, ...path] = resource.split('/');
      if (service === 'iam' && kind === 'role')
        return identities.roles.get(path.at(-1) ?? '')?.arn !== principal;
      if (service === 'iam' && kind === 'user')
        return identities.users.get(path.at(-1) ?? '')?.arn !== principal;
      if (service === 'sts' && kind === 'assumed-role') return !identities.roles.has(path[0] ?? '');
      return false;
    };
    return [document.Statement]
      .flat()
      .flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal].flatMap(namedBy).filter(isUnknown));
  };

function readPolicy(text: string): PolicyDocument | undefined {
  try {
    return parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof PolicyError) return undefined;
    throw error;
  }
}

const namedBy = (element: PrincipalElement | undefined): string[] =>
  element === undefined || element === '*' ? [] : listed(element.AWS);

const listed = (value: OneOrMany<string> | undefined): string[] => [value ?? []].flat();
