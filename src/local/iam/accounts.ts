/**
 * The accounts of one cloud. The developer is the administrator of the home account, in which all is unless something
 * says otherwise. Another account comes into being when the developer first takes on its OrganizationAccountAccessRole,
 * as AWS Organizations makes it in every account of an organization.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
import { join } from 'node:path';
import { formatArn } from '../../core/arn.ts';
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import type { Store } from '../store/store.ts';
import { accountOfKey } from './access-keys.ts';
import {
  type Identity,
  type IdentityStore,
  openIdentityStore,
  type PrincipalPolicies,
  type RoleRecord,
} from './identity-store.ts';

/** What the edge asks: who signed, and which policies apply to whom. */
export interface Identities {
  /** Who an access key belongs to, of any account; undefined when nobody. */
  identify(accessKeyId: string): Identity | undefined;
  /** The policies of the role or user behind a caller. Parsed documents keep their identity until changed. */
  policiesOf(caller: Caller): PrincipalPolicies;
}

export interface Accounts extends Identities {
  readonly home: string;
  /** The home account first. */
  list(): readonly string[];
  exists(accountId: string): boolean;
  /** Undefined for an account that is not there. */
  find(accountId: string): IdentityStore | undefined;
  /** Also of an account that is not there yet: nothing is kept of it before it is made. */
  of(accountId: string): IdentityStore;
  make(accountId: string): void;
  /** Drops sessions that expired more than a day ago. */
  sweep(): void;
}

interface AccountRecord {
  readonly createdAt: number;
}

export const accessRoleName = 'OrganizationAccountAccessRole';

export function openAccounts(store: Store, clock: Clock, home: string): Accounts {
  const records = store.collection<AccountRecord>('accounts');
  const open = (accountId: string) =>
    openIdentityStore(accountStore(store, accountId, home), clock, accountId);
  const stores = new Map(
    [home, ...[...records.entries()].map(([[id]]) => String(id))].map((id) => [id, open(id)]),
  );
  const find = (accountId: string) => stores.get(accountId);
  const drafts = new Map<string, IdentityStore>();
  const of = (accountId: string): IdentityStore => {
    const found = find(accountId) ?? drafts.get(accountId) ?? open(accountId);
    if (!stores.has(accountId)) drafts.set(accountId, found);
    return found;
  };
  const ofHome = of(home);
  const nobody: PrincipalPolicies = { identity: [] };
  return {
    home,
    list: () => [...stores.keys()],
    exists: (accountId) => stores.has(accountId),
    find,
    of,
    make(accountId) {
      if (stores.has(accountId)) return;
      const made = of(accountId);
      records.put(accountId, { createdAt: clock.now() });
      drafts.delete(accountId);
      made.roles.put(accessRoleName, accessRole(accountId, home, clock.now()));
      stores.set(accountId, made);
    },
    identify(accessKeyId) {
      const known = ofHome.identify(accessKeyId);
      if (known || stores.size === 1) return known;
      const account = accountOfKey(accessKeyId);
      return account === undefined ? undefined : find(account)?.identify(accessKeyId);
    },
    policiesOf(caller) {
      if (caller.accountId === home) return ofHome.policiesOf(caller);
      return find(caller.accountId)?.policiesOf(caller) ?? nobody;
    },
    sweep() {
      for (const one of stores.values()) one.sweep();
    },
  };
}

/** The part of the store that holds for all regions of an account; those of the home account have no prefix. */
export const accountStore = (store: Store, accountId: string, home: string): Store =>
  accountId === home
    ? store
    : {
        ...store,
        directory: join(store.directory, 'accounts', accountId),
        collection: (name) => store.collection(`${accountId}/${name}`),
      };

export const accessRole = (accountId: string, home: string, createdAt: number): RoleRecord => ({
  name: accessRoleName,
  path: '/',
  arn: formatArn({ service: 'iam', account: accountId, resource: `role/${accessRoleName}` }),
  id: `AROA${accountId}ORGAC`,
  trustPolicy: {
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: formatArn({ service: 'iam', account: home, resource: 'root' }) },
      Action: 'sts:AssumeRole',
    },
  },
  inlinePolicies: {},
  attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
  maxSessionDuration: 3600,
  createdAt,
  tags: {},
});
