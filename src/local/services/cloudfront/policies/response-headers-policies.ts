import type { ResponseHeadersPolicyConfig } from '@aws-sdk/client-cloudfront';
import { behaviours } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { managedResponseHeadersPolicies } from '../managed/response-headers-policies.ts';
import type { PolicyKind } from '../policy-kind.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ResponseHeadersPolicyConfig.html */
export const responseHeadersPolicies: PolicyKind<ResponseHeadersPolicyConfig> = {
  noun: 'ResponseHeadersPolicy',
  plural: 'ResponseHeadersPolicies',
  arn: 'response-headers-policy',
  managed: managedResponseHeadersPolicies,
  records: (context) => context.responseHeadersPolicies,
  check(config) {
    const xss = config.SecurityHeadersConfig?.XSSProtection;
    if (xss?.ModeBlock && xss.ReportUri)
      throw invalidArgument('XSSProtection cannot have both ModeBlock and ReportUri.');
    for (const { Header } of config.CustomHeadersConfig?.Items ?? [])
      if (!Header || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(Header))
        throw invalidArgument(`The custom header ${Header ?? ''} is not a header name.`);
    return config;
  },
  isUsedBy: (distribution, id) => behaviours(distribution).some((b) => b.ResponseHeadersPolicyId === id),
};
