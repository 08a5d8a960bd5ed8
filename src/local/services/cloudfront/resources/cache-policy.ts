import type { CachePolicyConfig, ParametersInCacheKeyAndForwardedToOrigin } from '@aws-sdk/client-cloudfront';
import { counted, policyResource } from './policy-resource.ts';

type Lists = 'CookiesConfig' | 'HeadersConfig' | 'QueryStringsConfig';

interface Properties {
  readonly CachePolicyConfig: Omit<CachePolicyConfig, 'ParametersInCacheKeyAndForwardedToOrigin'> & {
    readonly ParametersInCacheKeyAndForwardedToOrigin: Omit<
      ParametersInCacheKeyAndForwardedToOrigin,
      Lists
    > & {
      readonly CookiesConfig: CookiesConfig;
      readonly HeadersConfig: HeadersConfig;
      readonly QueryStringsConfig: QueryStringsConfig;
    };
  };
}

interface CookiesConfig {
  readonly CookieBehavior: 'all' | 'allExcept' | 'none' | 'whitelist';
  readonly Cookies?: string[];
}

interface HeadersConfig {
  readonly HeaderBehavior: 'none' | 'whitelist';
  readonly Headers?: string[];
}

interface QueryStringsConfig {
  readonly QueryStringBehavior: 'all' | 'allExcept' | 'none' | 'whitelist';
  readonly QueryStrings?: string[];
}

function config({ CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin, ...rest } }: Properties) {
  const { CookiesConfig, HeadersConfig, QueryStringsConfig, ...parameters } =
    ParametersInCacheKeyAndForwardedToOrigin;
  return {
    ...rest,
    ParametersInCacheKeyAndForwardedToOrigin: {
      ...parameters,
      CookiesConfig: { ...CookiesConfig, Cookies: counted(CookiesConfig.Cookies) },
      HeadersConfig: { ...HeadersConfig, Headers: counted(HeadersConfig.Headers) },
      QueryStringsConfig: { ...QueryStringsConfig, QueryStrings: counted(QueryStringsConfig.QueryStrings) },
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-cachepolicy.html */
export const cachePolicy = policyResource<Properties, CachePolicyConfig>({
  type: 'AWS::CloudFront::CachePolicy',
  member: 'CachePolicyConfig',
  missing: 'NoSuchCachePolicy',
  config,
  create: async (invoke, CachePolicyConfig) =>
    (await invoke('cloudfront', 'CreateCachePolicy', { CachePolicyConfig })).CachePolicy,
  get: (invoke, Id) => invoke('cloudfront', 'GetCachePolicy', { Id }),
  update: async (invoke, Id, IfMatch, CachePolicyConfig) =>
    (await invoke('cloudfront', 'UpdateCachePolicy', { Id, IfMatch, CachePolicyConfig })).CachePolicy,
  delete: (invoke, Id, IfMatch) => invoke('cloudfront', 'DeleteCachePolicy', { Id, IfMatch }),
});
