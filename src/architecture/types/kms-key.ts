import { defineType } from './facts.ts';

export const kmsKey = defineType({
  type: 'AWS::KMS::Key',
  called: 'KMS key',
  drawn: { category: 'security' },
  store: {
    kind: 'key',
    read: ['kms:Decrypt'],
    write: ['kms:Encrypt', 'kms:GenerateDataKey'],
    admin: ['kms:PutKeyPolicy', 'kms:DisableKey', 'kms:ScheduleKeyDeletion'],
  },
  policies: [{ document: 'KeyPolicy' }],
});
