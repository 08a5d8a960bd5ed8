import type { CachePolicyConfig } from '@aws-sdk/client-cloudfront';
import { behaviours } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { managedCachePolicies } from '../managed/cache-policies.ts';
import type { PolicyKind } from '../policy-kind.ts';

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
export const cachePolicies: PolicyKind<CachePolicyConfig> = {
  noun: 'CachePolicy',
  plural: 'CachePolicies',
  arn: 'cache-policy',
  managed: managedCachePolicies,
  records: (context) => context.cachePolicies,
  check(config) {
    const { MinTTL = 0, DefaultTTL = Math.max(86_400, MinTTL) } = config;
    const { MaxTTL = Math.max(31_536_000, DefaultTTL) } = config;
    if (MinTTL > DefaultTTL || DefaultTTL > MaxTTL)
      throw invalidArgument(
        `The parameter MinTTL ${MinTTL}, DefaultTTL ${DefaultTTL} and MaxTTL ${MaxTTL} must not decrease in this order.`,
      );
    return { ...config, MinTTL, DefaultTTL, MaxTTL };
  },
  isUsedBy: (distribution, id) => behaviours(distribution).some((b) => b.CachePolicyId === id),
};
