import { defineType } from './facts.ts';

export const cloudfrontDistribution = defineType({
  type: 'AWS::CloudFront::Distribution',
  called: 'CloudFront',
  drawn: { category: 'edge' },
  entry: {},
  triggers: [
    {
      kind: 'request',
      to: [
        'DistributionConfig.Origins.*.DomainName',
        'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations',
        'DistributionConfig.CacheBehaviors.*.LambdaFunctionAssociations',
      ],
    },
  ],
  logs: ['DistributionConfig.Logging.Bucket'],
});
