/** A table that cannot be put back to a moment before a fault. */
import { advisor, isTrue, propertyRule } from './kit.ts';

export const tablePointInTime = propertyRule({
  id: 'table-point-in-time',
  severity: 'high',
  title: 'Every DynamoDB table has point-in-time recovery',
  why: 'Wrong data that is written, or items that are deleted, stay so.',
  reference: advisor,
  types: ['AWS::DynamoDB::Table'],
  property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
  good: isTrue,
  says: (resource) => `${resource.name} has no point-in-time recovery`,
  fix: 'PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }',
});
