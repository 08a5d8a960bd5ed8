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
  {
    id: 's3-vectors.queries',
    service: 'Amazon S3 Vectors',
    what: 'Queries and data scanned',
    reason: 'no price of it could be sourced (https://aws.amazon.com/s3/pricing/)',
  },
  {
    id: 'opensearch.instances',
    service: 'Amazon OpenSearch Service',
    what: 'Managed domain instances and storage',
    reason: 'not in the table yet (https://aws.amazon.com/opensearch-service/pricing/)',
  },
  {
    id: 'waf.marketplace',
    service: 'AWS WAF',
    what: 'Managed rule groups sold in AWS Marketplace',
    reason: 'each seller sets its own price (https://aws.amazon.com/marketplace)',
  },
  {
    id: 'sns.sms',
    service: 'Amazon SNS',
    what: 'SMS deliveries',
    reason: 'priced per destination country and carrier (https://aws.amazon.com/sns/sms-pricing/)',
  },
  {
    id: 'cloudfront.flat-rate',
    service: 'Amazon CloudFront',
    what: 'Flat-rate plans',
    reason: 'the table prices pay-as-you-go only (https://aws.amazon.com/cloudfront/pricing/)',
  },
];
