import { defineType } from './facts.ts';

export const cloudfrontVpcOrigin = defineType({
  type: 'AWS::CloudFront::VpcOrigin',
  called: 'VPC origin',
  standsFor: 'VpcOriginEndpointConfig.Arn',
});
