/** EFS file systems without automatic backups. */
import { propertyRule, reliabilityPillar } from './property-rule.ts';

export const fileSystemBackupRule = propertyRule({
  id: 'file-system-backup',
  severity: 'medium',
  title: 'Every EFS file system is backed up',
  why: 'Without a backup a file that is overwritten or deleted by mistake cannot be restored.',
  reference: reliabilityPillar,
  types: ['AWS::EFS::FileSystem'],
  property: 'BackupPolicy.Status',
  isMet: (value) => value === 'ENABLED',
  finding: (resource) => `${resource.name} has no automatic backup`,
  fix: 'BackupPolicy: { Status: ENABLED } (CDK: enableAutomaticBackups: true)',
});
