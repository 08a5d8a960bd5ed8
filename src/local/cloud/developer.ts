/** The developer's own identity: an IAM user with AdministratorAccess, made at the first start of a state folder. */
import { formatArn } from '../../core/arn.ts';
import type { Clock } from '../../core/clock.ts';
import type { Caller } from '../../iam/index.ts';
import { type Directory, openDirectory } from '../iam/directory.ts';
import type { CloudRecord, CloudState } from './state.ts';

const userId = 'AIDADEVELOPER';

export const developer = (accountId: string): Caller => ({
  kind: 'user',
  arn: formatArn({ service: 'iam', account: accountId, resource: 'user/developer' }),
  accountId,
  userId,
});

/** The users and roles of a state folder; at its first start the developer is made. */
export function openIdentities({ store, kept }: CloudState, record: CloudRecord, clock: Clock): Directory {
  const directory = openDirectory(store, clock, record.accountId);
  if (!kept) createDeveloper(directory, record, clock.now());
  return directory;
}

function createDeveloper(directory: Directory, record: CloudRecord, now: number): void {
  directory.users.put('developer', {
    name: 'developer',
    path: '/',
    arn: developer(record.accountId).arn,
    id: userId,
    inlinePolicies: {},
    attachedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    createdAt: now,
    tags: {},
  });
  directory.accessKeys.put(record.accessKeyId, {
    accessKeyId: record.accessKeyId,
    secretAccessKey: record.secretAccessKey,
    userName: 'developer',
    status: 'Active',
    createdAt: now,
  });
  directory.changed();
}
