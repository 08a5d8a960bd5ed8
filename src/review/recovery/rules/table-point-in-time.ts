/** DynamoDB tables without point-in-time recovery. */
import { isTrue, propertyRule, trustedAdvisor } from './property-rule.ts';

export const tablePointInTime = propertyRule({
  id: 'table-point-in-time',
  severity: 'high',
  title: 'Every DynamoDB table has point-in-time recovery',
  why: 'Wrong data that is written, or items that are deleted, stay so.',
  reference: trustedAdvisor,
  types: ['AWS::DynamoDB::Table'],
  property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
  isMet: isTrue,
  finding: (resource) => `${resource.name} has no point-in-time recovery`,
  fix: 'PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }',
});
