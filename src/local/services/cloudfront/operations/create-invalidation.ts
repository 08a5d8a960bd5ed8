import { AwsError, operation } from '../../../service.ts';
import type { CloudFrontContext } from '../context.ts';
import { distributionArn, findDistribution, location } from '../distributions.ts';
import { invalidArgument } from '../errors.ts';
import { describeInvalidation, invalidationMatcher } from '../invalidations.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html */
export const createInvalidation = (context: CloudFrontContext) =>
  operation('cloudfront', 'CreateInvalidation', {
    accepts: ['DistributionId', 'InvalidationBatch'],
    access: ({ DistributionId }) => ({
      action: 'cloudfront:CreateInvalidation',
      resource: distributionArn(context, DistributionId),
    }),
    handle({ DistributionId, InvalidationBatch: batch }) {
      const { id: distributionId } = findDistribution(context, DistributionId);
      const paths = batch?.Paths?.Items ?? [];
      const callerReference = batch?.CallerReference ?? '';
      if (callerReference === '') throw invalidArgument('InvalidationBatch needs a CallerReference.');
      if (paths.length === 0) throw invalidArgument('InvalidationBatch needs at least one path.');
      if (paths.length !== batch?.Paths?.Quantity)
        throw new AwsError(
          'InconsistentQuantities',
          `The value of Quantity (${batch?.Paths?.Quantity ?? 0}) and the number of Items (${paths.length}) differ.`,
          400,
        );
      for (const record of context.invalidations.values({ prefix: distributionId }))
        if (record.callerReference === callerReference) {
          if (record.paths.join('\n') !== paths.join('\n'))
            throw new AwsError(
              'InvalidArgument',
              'Your request contains a caller reference that was used for a previous invalidation batch for the same distribution, but the content differs.',
              400,
            );
          return {
            Location: `${location(distributionId)}/invalidation/${record.id}`,
            Invalidation: describeInvalidation(record),
          };
        }
      const matches = paths.map(invalidationMatcher);
      const { env } = context;
      const record = {
        id: `I${env.randomId(13).toUpperCase()}`,
        distributionId,
        callerReference,
        paths,
        createdAt: env.clock.now(),
      };
      context.invalidations.put([distributionId, record.id], record);
      context.cache.drop(
        (entry) => entry.distributionId === distributionId && matches.some((match) => match(entry.path)),
      );
      env.meter({
        service: 'cloudfront',
        usage: 'invalidation-paths',
        quantity: paths.length,
        resource: distributionArn(context, distributionId),
      });
      return {
        Location: `${location(distributionId)}/invalidation/${record.id}`,
        Invalidation: describeInvalidation(record),
      };
    },
  });
