import { counted, policyResource } from './policy-resource.ts';

/** Lists are `{Items: […]}` here, without the API's Quantity. */
const quantities = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  const { Items, ...rest } = value as Readonly<Record<string, unknown>>;
  if (Array.isArray(Items)) return { ...rest, ...counted(Items) };
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, quantities(one)]));
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-responseheaderspolicy.html */
export const responseHeadersPolicy = policyResource({
  noun: 'ResponseHeadersPolicy',
  timed: true,
  apiConfig: (config) =>
    Object.fromEntries(Object.entries(config).map(([name, one]) => [name, quantities(one)])),
});
