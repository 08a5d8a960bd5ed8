/** A database instance without a standby. */
import { isTrue, pillar, propertyRule } from './kit.ts';

export const databaseSingleZone = propertyRule({
  id: 'database-single-zone',
  severity: 'high',
  title: 'Every RDS instance has a standby in another zone',
  why: 'When its host or zone fails, the database is gone until the host is replaced or a backup is restored.',
  reference: pillar,
  types: ['AWS::RDS::DBInstance'],
  skip: (resource) => resource.properties.DBClusterIdentifier !== undefined,
  property: 'MultiAZ',
  good: isTrue,
  says: (resource) => `${resource.name} runs in one availability zone only`,
  fix: 'MultiAZ: true (CDK: multiAz: true)',
});
