import { choice, policyResource } from './policy-resource.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originrequestpolicy.html */
export const originRequestPolicy = policyResource({
  noun: 'OriginRequestPolicy',
  timed: true,
  apiConfig: (config) => ({
    ...config,
    HeadersConfig: choice(config.HeadersConfig, 'Headers'),
    CookiesConfig: choice(config.CookiesConfig, 'Cookies'),
    QueryStringsConfig: choice(config.QueryStringsConfig, 'QueryStrings'),
  }),
});
