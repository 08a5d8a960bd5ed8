import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionProblems } from '../distribution-config.ts';
import { describe, distributionArn, location, makeDistribution } from '../distributions.ts';

/**
 * Needs cloudfront:TagResource besides cloudfront:CreateDistribution.
 * https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistributionWithTags.html
 */
export const createDistributionWithTags = (context: CloudFrontContext) =>
  operation('cloudfront', 'CreateDistributionWithTags', {
    accepts: ['DistributionConfigWithTags'],
    access: () => [
      { action: 'cloudfront:CreateDistribution', resource: distributionArn(context, '*') },
      { action: 'cloudfront:TagResource', resource: distributionArn(context, '*') },
    ],
    problems: ({ DistributionConfigWithTags: given }) => distributionProblems(given?.DistributionConfig),
    handle({ DistributionConfigWithTags: given }) {
      const record = makeDistribution(context, given?.DistributionConfig, given?.Tags);
      return { Distribution: describe(context, record), Location: location(record.id), ETag: record.etag };
    },
  });
