import type {
  OriginRequestPolicyConfig,
  OriginRequestPolicyCookiesConfig,
  OriginRequestPolicyHeadersConfig,
  OriginRequestPolicyQueryStringsConfig,
} from '@aws-sdk/client-cloudfront';
import { counted, policyResource } from './policy-resource.ts';

type Lists = 'CookiesConfig' | 'HeadersConfig' | 'QueryStringsConfig';

interface Properties {
  readonly OriginRequestPolicyConfig: Omit<OriginRequestPolicyConfig, Lists> & {
    readonly CookiesConfig: Omit<OriginRequestPolicyCookiesConfig, 'Cookies'> & {
      readonly Cookies?: string[];
    };
    readonly HeadersConfig: Omit<OriginRequestPolicyHeadersConfig, 'Headers'> & {
      readonly Headers?: string[];
    };
    readonly QueryStringsConfig: Omit<OriginRequestPolicyQueryStringsConfig, 'QueryStrings'> & {
      readonly QueryStrings?: string[];
    };
  };
}

const config = ({ OriginRequestPolicyConfig: p }: Properties): OriginRequestPolicyConfig => ({
  ...p,
  CookiesConfig: { ...p.CookiesConfig, Cookies: counted(p.CookiesConfig.Cookies) },
  HeadersConfig: { ...p.HeadersConfig, Headers: counted(p.HeadersConfig.Headers) },
  QueryStringsConfig: { ...p.QueryStringsConfig, QueryStrings: counted(p.QueryStringsConfig.QueryStrings) },
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-originrequestpolicy.html */
export const originRequestPolicy = policyResource<Properties, OriginRequestPolicyConfig>({
  type: 'AWS::CloudFront::OriginRequestPolicy',
  member: 'OriginRequestPolicyConfig',
  missing: 'NoSuchOriginRequestPolicy',
  config,
  create: async (invoke, OriginRequestPolicyConfig) =>
    (await invoke('cloudfront', 'CreateOriginRequestPolicy', { OriginRequestPolicyConfig }))
      .OriginRequestPolicy,
  get: (invoke, Id) => invoke('cloudfront', 'GetOriginRequestPolicy', { Id }),
  update: async (invoke, Id, IfMatch, OriginRequestPolicyConfig) =>
    (await invoke('cloudfront', 'UpdateOriginRequestPolicy', { Id, IfMatch, OriginRequestPolicyConfig }))
      .OriginRequestPolicy,
  delete: (invoke, Id, IfMatch) => invoke('cloudfront', 'DeleteOriginRequestPolicy', { Id, IfMatch }),
});
