/** A file system without backups. */
import { pillar, propertyRule } from './kit.ts';

export const fileSystemBackupRule = propertyRule({
  id: 'file-system-backup',
  severity: 'medium',
  title: 'Every EFS file system is backed up',
  why: 'A file that is overwritten or deleted is gone from every zone at once.',
  reference: pillar,
  types: ['AWS::EFS::FileSystem'],
  property: 'BackupPolicy.Status',
  good: (value) => value === 'ENABLED',
  says: (resource) => `${resource.name} has no automatic backup`,
  fix: 'BackupPolicy: { Status: ENABLED } (CDK: enableAutomaticBackups: true)',
});
