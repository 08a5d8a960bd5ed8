/** Buckets without versioning. */
import { propertyRule, reliabilityPillar } from './property-rule.ts';

export const bucketVersioningRule = propertyRule({
  id: 'bucket-versioning',
  severity: 'medium',
  title: 'Every bucket that is not only for logs keeps earlier versions',
  why: 'Without versions an object that is overwritten or deleted by mistake cannot be restored.',
  reference: reliabilityPillar,
  types: ['AWS::S3::Bucket'],
  skip: (resource) =>
    resource.usedBy.some(({ path }) => /\/(Logging|LoggingConfiguration|LoadBalancerAttributes)/.test(path)),
  property: 'VersioningConfiguration.Status',
  isMet: (value) => value === 'Enabled',
  finding: (resource) => `${resource.name} keeps no earlier versions of its objects`,
  fix: 'VersioningConfiguration: { Status: Enabled }, with a lifecycle rule that expires old versions',
});
