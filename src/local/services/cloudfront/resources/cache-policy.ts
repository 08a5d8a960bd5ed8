import { choice, policyResource } from './policy-resource.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-cachepolicy.html */
export const cachePolicy = policyResource({
  noun: 'CachePolicy',
  timed: true,
  apiConfig({ ParametersInCacheKeyAndForwardedToOrigin: given, ...rest }) {
    const parameters = (given ?? {}) as Readonly<Record<string, unknown>>;
    return {
      ...rest,
      ParametersInCacheKeyAndForwardedToOrigin: {
        ...parameters,
        HeadersConfig: choice(parameters.HeadersConfig, 'Headers'),
        CookiesConfig: choice(parameters.CookiesConfig, 'Cookies'),
        QueryStringsConfig: choice(parameters.QueryStringsConfig, 'QueryStrings'),
      },
    };
  },
});
