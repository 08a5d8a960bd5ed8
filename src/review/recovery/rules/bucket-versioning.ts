/** A bucket of data without earlier versions. */
import { pillar, propertyRule } from './kit.ts';

export const bucketVersioningRule = propertyRule({
  id: 'bucket-versioning',
  severity: 'medium',
  title: 'Every bucket that is not only for logs keeps earlier versions',
  why: 'An object that is overwritten or deleted by a fault is gone.',
  reference: pillar,
  types: ['AWS::S3::Bucket'],
  skip: (resource) =>
    resource.usedBy.some(({ path }) => /\/(Logging|LoggingConfiguration|LoadBalancerAttributes)/.test(path)),
  property: 'VersioningConfiguration.Status',
  good: (value) => value === 'Enabled',
  says: (resource) => `${resource.name} keeps no earlier versions of its objects`,
  fix: 'VersioningConfiguration: { Status: Enabled }, with a lifecycle rule that expires old versions',
});
