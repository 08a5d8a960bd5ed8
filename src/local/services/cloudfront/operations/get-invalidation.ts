import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionArn, findDistribution } from '../distributions.ts';
import { describeInvalidation } from '../invalidations.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_GetInvalidation.html */
export const getInvalidation = (context: CloudFrontContext) =>
  operation('cloudfront', 'GetInvalidation', {
    accepts: ['DistributionId', 'Id'],
    access: ({ DistributionId }) => ({
      action: 'cloudfront:GetInvalidation',
      resource: distributionArn(context, DistributionId),
    }),
    handle({ DistributionId, Id = '' }) {
      const { id } = findDistribution(context, DistributionId);
      const record = context.invalidations.get([id, Id]);
      if (!record)
        throw new AwsError('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
      return { Invalidation: describeInvalidation(record) };
    },
  });
