import type { OriginRequestPolicyConfig } from '@aws-sdk/client-cloudfront';
import { behaviours } from '../context.ts';
import { managedOriginRequestPolicies } from '../managed/origin-request-policies.ts';
import type { PolicyKind } from '../policy-kind.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html */
export const originRequestPolicies: PolicyKind<OriginRequestPolicyConfig> = {
  noun: 'OriginRequestPolicy',
  plural: 'OriginRequestPolicies',
  arn: 'origin-request-policy',
  managed: managedOriginRequestPolicies,
  records: (context) => context.originRequestPolicies,
  check: (config) => config,
  isUsedBy: (distribution, id) => behaviours(distribution).some((b) => b.OriginRequestPolicyId === id),
};
