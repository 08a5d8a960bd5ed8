/** RDS instances without a standby. */
import { isTrue, propertyRule, reliabilityPillar } from './property-rule.ts';

export const databaseSingleZone = propertyRule({
  id: 'database-single-zone',
  severity: 'high',
  title: 'Every RDS instance has a standby in another zone',
  why: 'When its host or zone fails, the database is unavailable until the host is replaced or a backup is restored.',
  reference: reliabilityPillar,
  types: ['AWS::RDS::DBInstance'],
  skip: (resource) => resource.properties.DBClusterIdentifier !== undefined,
  property: 'MultiAZ',
  isMet: isTrue,
  finding: (resource) => `${resource.name} runs in one availability zone only`,
  fix: 'MultiAZ: true (CDK: multiAz: true)',
});
