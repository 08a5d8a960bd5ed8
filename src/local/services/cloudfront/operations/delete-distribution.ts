import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionArn, findDistribution } from '../distributions.ts';
import { checkIfMatch } from '../errors.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DeleteDistribution.html */
export const deleteDistribution = (context: CloudFrontContext) =>
  operation('cloudfront', 'DeleteDistribution', {
    accepts: ['Id', 'IfMatch'],
    access: ({ Id }) => ({ action: 'cloudfront:DeleteDistribution', resource: distributionArn(context, Id) }),
    handle({ Id, IfMatch }) {
      const { id, etag, config, domainName } = findDistribution(context, Id);
      checkIfMatch(IfMatch, etag);
      if (config.Enabled)
        throw new AwsError(
          'DistributionNotDisabled',
          'The distribution you are trying to delete has not been disabled.',
          409,
        );
      context.env.store.transaction(() => {
        context.distributions.delete(id);
        context.domains.delete(domainName.replace('.cloudfront.net', ''));
        context.invalidations.clear(id);
        context.tags.delete(distributionArn(context, id));
      });
      context.cache.drop(({ distributionId }) => distributionId === id);
      return {};
    },
  });
