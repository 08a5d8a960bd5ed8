/** Databases without deletion protection. */
import { isTrue, propertyRule, reliabilityPillar } from './property-rule.ts';

export const deletionProtectionRule = propertyRule({
  id: 'deletion-protection',
  severity: 'medium',
  title: 'Every database has deletion protection',
  why: 'Without it one command, or deleting the stack, deletes the database.',
  reference: reliabilityPillar,
  types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  skip: (resource) => resource.properties.DBClusterIdentifier !== undefined,
  property: 'DeletionProtection',
  isMet: isTrue,
  finding: (resource) => `${resource.name} has no deletion protection`,
  fix: 'DeletionProtection: true (CDK: deletionProtection: true)',
});
