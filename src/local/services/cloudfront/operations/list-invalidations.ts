import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionArn, findDistribution } from '../distributions.ts';
import { page } from '../page.ts';

/** Newest first. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListInvalidations.html */
export const listInvalidations = (context: CloudFrontContext) =>
  operation('cloudfront', 'ListInvalidations', {
    accepts: ['DistributionId', 'Marker', 'MaxItems'],
    access: ({ DistributionId }) => ({
      action: 'cloudfront:ListInvalidations',
      resource: distributionArn(context, DistributionId),
    }),
    handle(input) {
      const { id } = findDistribution(context, input.DistributionId);
      const newestFirst = [...context.invalidations.values({ prefix: id })].sort(
        (a, b) => b.createdAt - a.createdAt,
      );
      return {
        InvalidationList: page(newestFirst, input, (record) => ({
          Id: record.id,
          CreateTime: new Date(record.createdAt),
          Status: 'Completed',
        })),
      };
    },
  });
