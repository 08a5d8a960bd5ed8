import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { describe, distributionArn, findDistribution } from '../distributions.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistribution.html */
export const getDistribution = (context: CloudFrontContext) =>
  operation('cloudfront', 'GetDistribution', {
    accepts: ['Id'],
    access: ({ Id }) => ({ action: 'cloudfront:GetDistribution', resource: distributionArn(context, Id) }),
    handle({ Id }) {
      const record = findDistribution(context, Id);
      return { Distribution: describe(context, record), ETag: record.etag };
    },
  });
