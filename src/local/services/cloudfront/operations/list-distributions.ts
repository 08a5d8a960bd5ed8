import { operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { summarize } from '../distributions.ts';
import { page } from '../page.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html */
export const listDistributions = (context: CloudFrontContext) =>
  operation('cloudfront', 'ListDistributions', {
    accepts: ['Marker', 'MaxItems'],
    access: () => ({ action: 'cloudfront:ListDistributions', resource: '*' }),
    handle: (input) => ({
      DistributionList: page(context.distributions.values(), input, (record) => summarize(context, record)),
    }),
  });
