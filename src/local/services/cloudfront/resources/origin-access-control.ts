import { policyResource } from './policy-resource.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originaccesscontrol.html */
export const originAccessControl = policyResource({
  noun: 'OriginAccessControl',
  timed: false,
  apiConfig: (config) => config,
});
