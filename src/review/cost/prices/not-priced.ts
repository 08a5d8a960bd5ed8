/** What AWS bills and this table knowingly has no number for: the review names these instead of leaving them out. */
import type { NotPriced } from './model.ts';

export const notPriced: readonly NotPriced[] = [
  {
    id: 'fargate.spot',
    service: 'AWS Fargate',
    what: 'Spot capacity',
    reason:
      'the Spot price changes with supply and AWS publishes no list price; AWS says up to 70 % under on-demand ' +
      '(https://aws.amazon.com/fargate/pricing/), so the on-demand rows are an upper bound',
  },
  {
    id: 'ec2.spot',
    service: 'Amazon EC2',
    what: 'Spot Instances',
    reason:
      'the Spot price changes by the hour and zone and is not in the price list; AWS says up to 90 % under ' +
      'on-demand (https://aws.amazon.com/ec2/spot/), so the on-demand rows are an upper bound',
  },
  {
    id: 'bedrock.tokens',
    service: 'Amazon Bedrock',
    what: 'Model tokens',
    reason: 'priced per model and provider, changing often (https://aws.amazon.com/bedrock/pricing/)',
  },
];
