import type { ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import { counted, policyResource } from './policy-resource.ts';

/** Lists are `{Items: […]}` in templates, without the API's Quantity. */
type WithoutQuantities<T> = T extends { Quantity: number | undefined; Items?: infer Items }
  ? { readonly Items?: Items }
  : T extends object
    ? { readonly [Name in keyof T]: WithoutQuantities<T[Name]> }
    : T;

interface Properties {
  readonly ResponseHeadersPolicyConfig: WithoutQuantities<ResponseHeadersPolicyConfig>;
}

// The types say the same as the walk below does, member by member, which the compiler cannot follow.
const withQuantities = <T>(value: WithoutQuantities<T>): T => addQuantities(value) as T;

function addQuantities(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('Items' in value && Array.isArray(value.Items)) return { ...value, ...counted(value.Items) };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, addQuantities(one)]));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-responseheaderspolicy.html */
export const responseHeadersPolicy = policyResource<Properties, ResponseHeadersPolicyConfig>({
  type: 'AWS::CloudFront::ResponseHeadersPolicy',
  member: 'ResponseHeadersPolicyConfig',
  missing: 'NoSuchResponseHeadersPolicy',
  config: (p) => withQuantities<ResponseHeadersPolicyConfig>(p.ResponseHeadersPolicyConfig),
  create: async (invoke, ResponseHeadersPolicyConfig) =>
    (await invoke('cloudfront', 'CreateResponseHeadersPolicy', { ResponseHeadersPolicyConfig }))
      .ResponseHeadersPolicy,
  get: (invoke, Id) => invoke('cloudfront', 'GetResponseHeadersPolicy', { Id }),
  update: async (invoke, Id, IfMatch, ResponseHeadersPolicyConfig) =>
    (await invoke('cloudfront', 'UpdateResponseHeadersPolicy', { Id, IfMatch, ResponseHeadersPolicyConfig }))
      .ResponseHeadersPolicy,
  delete: (invoke, Id, IfMatch) => invoke('cloudfront', 'DeleteResponseHeadersPolicy', { Id, IfMatch }),
});
