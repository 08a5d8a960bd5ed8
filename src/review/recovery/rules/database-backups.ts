/** Databases that keep no automated backups, or for less than a week. */

import { daysText } from '../format.ts';
import { propertyRule, reliabilityPillar } from './property-rule.ts';

export const databaseBackups = propertyRule({
  id: 'database-backups',
  severity: 'high',
  title: 'Every database keeps its automated backups for at least 7 days',
  why: 'A fault that is found after the last backup has expired cannot be undone.',
  reference: reliabilityPillar,
  types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  skip: (resource) => resource.properties.DBClusterIdentifier !== undefined,
  property: 'BackupRetentionPeriod',
  isMet: (value) => Number(value ?? 1) >= 7,
  finding: (resource, value) =>
    Number(value ?? 1) === 0
      ? `${resource.name} keeps no automated backups`
      : `${resource.name} keeps its automated backups for ${daysText(value ?? 1)} only`,
  fix: 'BackupRetentionPeriod: 7 or more (CDK: backupRetention / backup.retention)',
});
