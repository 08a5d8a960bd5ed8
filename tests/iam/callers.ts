/** The people of the cases: account 111122223333 owns the resources, 999988887777 is somebody else's. */
import type { Caller } from '../../src/iam/index.ts';

export const callers: Readonly<Record<string, Caller>> = {
  worker: {
    kind: 'role-session',
    arn: 'arn:aws:sts::111122223333:assumed-role/Worker/task-1',
    roleArn: 'arn:aws:iam::111122223333:role/app/Worker',
    accountId: '111122223333',
    userId: 'AROAWORKEREXAMPLE00:task-1',
  },
  alice: { kind: 'user', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '111122223333' },
  root: { kind: 'account-root', arn: 'arn:aws:iam::111122223333:root', accountId: '111122223333' },
  stranger: {
    kind: 'role-session',
    arn: 'arn:aws:sts::999988887777:assumed-role/Visitor/v',
    roleArn: 'arn:aws:iam::999988887777:role/Visitor',
    accountId: '999988887777',
  },
  'stranger root': { kind: 'account-root', arn: 'arn:aws:iam::999988887777:root', accountId: '999988887777' },
  sns: { kind: 'service', arn: 'sns.amazonaws.com', accountId: '', service: 'sns.amazonaws.com' },
  lambda: { kind: 'service', arn: 'lambda.amazonaws.com', accountId: '', service: 'lambda.amazonaws.com' },
  anonymous: { kind: 'anonymous', arn: '', accountId: '' },
};
