/** A database that one call deletes. */
import { isTrue, pillar, propertyRule } from './kit.ts';

export const deletionProtectionRule = propertyRule({
  id: 'deletion-protection',
  severity: 'medium',
  title: 'Every database refuses to be deleted',
  why: 'One wrong command, or a stack deleted in the wrong account, takes the data with it.',
  reference: pillar,
  types: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::DocDB::DBCluster', 'AWS::Neptune::DBCluster'],
  skip: (resource) => resource.properties.DBClusterIdentifier !== undefined,
  property: 'DeletionProtection',
  good: isTrue,
  says: (resource) => `${resource.name} has no deletion protection`,
  fix: 'DeletionProtection: true (CDK: deletionProtection: true)',
});
