/** Does every bucket refuse public access? */
import { flagAt, valueAt } from '../../../architecture/index.ts';
import { survey } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const publicBuckets: Item = {
  id: 'public-buckets',
  area: 'security',
  question: 'Does every bucket refuse public access?',
  next: 'PublicAccessBlockConfiguration with all four settings true (CDK: blockPublicAccess: BLOCK_ALL).',
  blocks: true,
  reference: practice('security', 'sec_permissions_analyze_cross_account'),
  check: ({ app }) =>
    survey({
      resources: app.ofType('AWS::S3::Bucket'),
      what: 'buckets',
      are: 'refuse public access',
      lacks: 'one of the four settings is false',
      judge: ({ properties }) => {
        // Since April 2023 a new bucket has all four on unless the template turns them off.
        const settings = [
          'BlockPublicAcls',
          'BlockPublicPolicy',
          'IgnorePublicAcls',
          'RestrictPublicBuckets',
        ];
        if (valueAt(properties, 'PublicAccessBlockConfiguration') === undefined) return true;
        return settings.every(
          (name) => flagAt(properties, `PublicAccessBlockConfiguration.${name}`) === true,
        );
      },
    }),
};
