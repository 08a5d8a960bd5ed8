import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { checkDistribution, distributionProblems, withDefaults } from '../distribution-config.ts';
import { describe, distributionArn, findDistribution } from '../distributions.ts';
import { checkIfMatch, invalidArgument } from '../errors.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html */
export const updateDistribution = (context: CloudFrontContext) =>
  operation('cloudfront', 'UpdateDistribution', {
    accepts: ['Id', 'IfMatch', 'DistributionConfig'],
    access: ({ Id }) => ({ action: 'cloudfront:UpdateDistribution', resource: distributionArn(context, Id) }),
    problems: ({ DistributionConfig }) => distributionProblems(DistributionConfig),
    handle({ Id, IfMatch, DistributionConfig: given }) {
      const kept = findDistribution(context, Id);
      checkIfMatch(IfMatch, kept.etag);
      if (!given) throw invalidArgument('DistributionConfig is missing.');
      if (given.CallerReference !== kept.config.CallerReference)
        throw new AwsError('IllegalUpdate', 'The CallerReference of a distribution cannot be changed.', 400);
      const config = withDefaults(given);
      checkDistribution(context, config, kept.id);
      const record = { ...kept, config, etag: context.newId(), modifiedAt: context.env.clock.now() };
      context.distributions.put(kept.id, record);
      return { Distribution: describe(context, record), ETag: record.etag };
    },
  });
