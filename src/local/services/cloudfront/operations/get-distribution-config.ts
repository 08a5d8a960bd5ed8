import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionArn, findDistribution } from '../distributions.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetDistributionConfig.html */
export const getDistributionConfig = (context: CloudFrontContext) =>
  operation('cloudfront', 'GetDistributionConfig', {
    accepts: ['Id'],
    access: ({ Id }) => ({
      action: 'cloudfront:GetDistributionConfig',
      resource: distributionArn(context, Id),
    }),
    handle({ Id }) {
      const record = findDistribution(context, Id);
      return { DistributionConfig: record.config, ETag: record.etag };
    },
  });
