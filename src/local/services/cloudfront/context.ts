/** What CloudFront keeps, and what its operations share. Configurations are kept as the API shows them. */

import type {
  CachePolicyConfig,
  DistributionConfig,
  FunctionConfig,
  OriginAccessControlConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import { formatArn } from '../../../core/arn.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { Collection } from '../../store/store.ts';
import { createCache, type EdgeCache } from './delivery/cache.ts';

export interface DistributionRecord {
  readonly id: string;
  readonly domainName: string;
  readonly etag: string;
  readonly config: DistributionConfig;
  /** ms since the epoch */
  readonly modifiedAt: number;
}

export interface InvalidationRecord {
  readonly id: string;
  readonly distributionId: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
  readonly createdAt: number;
}

/** A policy, or an origin access control: what is created, changed and referred to by an id. */
export interface ConfigRecord<C> {
  readonly id: string;
  readonly etag: string;
  readonly config: C;
  readonly modifiedAt: number;
}

export interface FunctionCodeRecord {
  readonly etag: string;
  readonly config: FunctionConfig;
  readonly code: Uint8Array;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

export interface FunctionRecord {
  readonly name: string;
  readonly development: FunctionCodeRecord;
  /** Absent until the function is published. */
  readonly live?: FunctionCodeRecord;
}

export interface CloudFrontContext {
  readonly env: ServiceEnvironment;
  readonly distributions: Collection<DistributionRecord>;
  /** Domain name without `.cloudfront.net` → distribution id. */
  readonly domains: Collection<string>;
  readonly invalidations: Collection<InvalidationRecord>;
  readonly functions: Collection<FunctionRecord>;
  readonly cachePolicies: Collection<ConfigRecord<CachePolicyConfig>>;
  readonly originRequestPolicies: Collection<ConfigRecord<OriginRequestPolicyConfig>>;
  readonly responseHeadersPolicies: Collection<ConfigRecord<ResponseHeadersPolicyConfig>>;
  readonly originAccessControls: Collection<ConfigRecord<OriginAccessControlConfig>>;
  /** By ARN. */
  readonly tags: Collection<Readonly<Record<string, string>>>;
  readonly cache: EdgeCache;
  /** `arn:aws:cloudfront::111122223333:distribution/E1…`; CloudFront's ARNs have no region. */
  arn(kind: string, id: string): string;
  /** `E` and 13 letters and digits, as AWS's ids and ETags are. */
  newId(): string;
}

export function createContext(env: ServiceEnvironment): CloudFrontContext {
  const { store } = env;
  return {
    env,
    distributions: store.collection('cloudfront/distributions'),
    domains: store.collection('cloudfront/domains'),
    invalidations: store.collection('cloudfront/invalidations'),
    functions: store.collection('cloudfront/functions'),
    cachePolicies: store.collection('cloudfront/cache-policies'),
    originRequestPolicies: store.collection('cloudfront/origin-request-policies'),
    responseHeadersPolicies: store.collection('cloudfront/response-headers-policies'),
    originAccessControls: store.collection('cloudfront/origin-access-controls'),
    tags: store.collection('cloudfront/tags'),
    cache: createCache(256 * 1024 * 1024),
    arn: (kind, id) =>
      formatArn({ service: 'cloudfront', account: env.accountId, resource: `${kind}/${id}` }),
    newId: () => `E${env.randomId(13).toUpperCase()}`,
  };
}

/** CloudFront's lists carry their length. */
export const quantified = <T>(items: readonly T[]): { Quantity: number; Items?: T[] } =>
  items.length === 0 ? { Quantity: 0 } : { Quantity: items.length, Items: [...items] };

/** Every behaviour of a distribution: the others in their order, the default last. */
export const behaviours = (config: DistributionConfig) => [
  ...(config.CacheBehaviors?.Items ?? []),
  ...(config.DefaultCacheBehavior ? [config.DefaultCacheBehavior] : []),
];
