import { defineType } from './facts.ts';

export const backupBackupVault = defineType({
  type: 'AWS::Backup::BackupVault',
  called: 'backup vault',
  name: 'BackupVaultName',
  drawn: { category: 'operations' },
  policies: [{ document: 'AccessPolicy' }],
  encryption: { on: 'aws-managed', absent: 'aws-managed', key: 'EncryptionKeyArn' },
});
