import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionProblems } from '../distribution-config.ts';
import { describe, distributionArn, location, makeDistribution } from '../distributions.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html */
export const createDistribution = (context: CloudFrontContext) =>
  operation('cloudfront', 'CreateDistribution', {
    accepts: ['DistributionConfig'],
    access: () => ({ action: 'cloudfront:CreateDistribution', resource: distributionArn(context, '*') }),
    problems: ({ DistributionConfig }) => distributionProblems(DistributionConfig),
    handle({ DistributionConfig }) {
      const record = makeDistribution(context, DistributionConfig, undefined);
      return { Distribution: describe(context, record), Location: location(record.id), ETag: record.etag };
    },
  });
