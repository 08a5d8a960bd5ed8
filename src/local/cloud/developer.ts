/** The developer's own identity: an IAM user with AdministratorAccess, made at the first start of a state folder. */
import { formatArn } from '../../core/arn.ts';
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import { type Accounts, openAccounts } from '../iam/accounts.ts';
import type { IdentityStore } from '../iam/identity-store.ts';
import type { CloudRecord, CloudState } from './state.ts';

const userId = 'AIDADEVELOPER';

export const developer = (accountId: string): Caller => ({
  kind: 'user',
  arn: formatArn({ service: 'iam', account: accountId, resource: 'user/developer' }),
  accountId,
  userId,
});

/** Who looks at what would be made in an account; one that is not there yet has no roles. */
export const administrator = (accountId: string, home: string): Caller =>
  accountId === home
    ? developer(home)
    : {
        kind: 'account-root',
        arn: formatArn({ service: 'iam', account: accountId, resource: 'root' }),
        accountId,
      };

/** The accounts of a state folder, with their users and roles; at its first start the developer is made. */
export function openAccountsOf({ store, kept }: CloudState, record: CloudRecord, clock: Clock): Accounts {
  const accounts = openAccounts(store, clock, record.accountId);
  if (!kept) createDeveloper(accounts.of(record.accountId), record, clock.now());
  return accounts;
}

function createDeveloper(identities: IdentityStore, record: CloudRecord, now: number): void {
  identities.users.put('developer', {
    name: 'developer',
    path: '/',
    arn: developer(record.accountId).arn,
    id: userId,
    inlinePolicies: {},
    attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    createdAt: now,
    tags: {},
  });
  identities.accessKeys.put(record.accessKeyId, {
    accessKeyId: record.accessKeyId,
    secretAccessKey: record.secretAccessKey,
    userName: 'developer',
    status: 'Active',
    createdAt: now,
  });
  identities.changed();
}
