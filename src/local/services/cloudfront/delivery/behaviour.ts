/** Which cache behaviour a path gets, and that behaviour with its policies looked up. */
import type {
  CacheBehavior,
  DefaultCacheBehavior,
  DistributionConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
} from '@aws-sdk/client-cloudfront';
import { compileWildcards } from '../../../../core/wildcards.ts';
import type { CloudFrontContext } from '../context.ts';
import { cachePolicies } from '../policies/cache-policies.ts';
import { originRequestPolicies } from '../policies/origin-request-policies.ts';
import { responseHeadersPolicies } from '../policies/response-headers-policies.ts';
import { findConfig } from '../policy-kind.ts';

export type Selector = (name: string) => boolean;

/** A cache policy, or the older ForwardedValues read as one. */
export interface CacheRules {
  readonly ttl: { readonly min: number; readonly fallback: number; readonly max: number };
  readonly gzip: boolean;
  readonly brotli: boolean;
  /** Lower case. */
  readonly headers: Selector;
  readonly cookies: Selector;
  readonly queryStrings: Selector;
}

export interface Behaviour {
  readonly config: DefaultCacheBehavior | CacheBehavior;
  readonly cache: CacheRules;
  readonly originRequest: OriginRequestPolicyConfig | undefined;
  readonly responseHeaders: ResponseHeadersPolicyConfig | undefined;
}

const never: Selector = () => false;
const always: Selector = () => true;

export function selector(
  behaviour: string | undefined,
  names: readonly string[] | undefined,
  ignoreCase = false,
): Selector {
  const list = new Set(ignoreCase ? names?.map((name) => name.toLowerCase()) : names);
  switch (behaviour) {
    case 'whitelist':
      return (name) => list.has(name);
    case 'allExcept':
      return (name) => !list.has(name);
    case 'all':
      return always;
    default:
      return never;
  }
}

const patterns = new Map<string, (path: string) => boolean>();

/**
 * `*` is any number of characters, `?` one; a leading slash may be left out. Case counts.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
function matchesPath(pattern: string, path: string): boolean {
  let matches = patterns.get(pattern);
  if (!matches) {
    matches = compileWildcards(`/${pattern.replace(/^\//, '')}`, { one: true });
    patterns.set(pattern, matches);
  }
  return matches(path);
}

export function findBehaviour(
  context: CloudFrontContext,
  distribution: DistributionConfig,
  path: string,
): Behaviour | undefined {
  const config =
    distribution.CacheBehaviors?.Items?.find((b) => matchesPath(b.PathPattern ?? '', path)) ??
    distribution.DefaultCacheBehavior;
  if (!config) return undefined;
  return {
    config,
    cache: cacheRules(context, config),
    originRequest: findConfig(context, originRequestPolicies, config.OriginRequestPolicyId)?.config,
    responseHeaders: findConfig(context, responseHeadersPolicies, config.ResponseHeadersPolicyId)?.config,
  };
}

function cacheRules(context: CloudFrontContext, config: DefaultCacheBehavior | CacheBehavior): CacheRules {
  const policy = findConfig(context, cachePolicies, config.CachePolicyId)?.config;
  if (!policy) return legacyRules(config);
  const p = policy.ParametersInCacheKeyAndForwardedToOrigin;
  return {
    ttl: { min: policy.MinTTL ?? 0, fallback: policy.DefaultTTL ?? 0, max: policy.MaxTTL ?? 0 },
    gzip: p?.EnableAcceptEncodingGzip ?? false,
    brotli: p?.EnableAcceptEncodingBrotli ?? false,
    headers: selector(p?.HeadersConfig?.HeaderBehavior, p?.HeadersConfig?.Headers?.Items, true),
    cookies: selector(p?.CookiesConfig?.CookieBehavior, p?.CookiesConfig?.Cookies?.Items),
    queryStrings: selector(
      p?.QueryStringsConfig?.QueryStringBehavior,
      p?.QueryStringsConfig?.QueryStrings?.Items,
    ),
  };
}

/** Forwarding every header turns caching off; brotli needs a cache policy. */
function legacyRules(config: DefaultCacheBehavior | CacheBehavior): CacheRules {
  const values = config.ForwardedValues;
  const headers = values?.Headers?.Items ?? [];
  const everything = headers.includes('*');
  return {
    ttl: everything
      ? { min: 0, fallback: 0, max: 0 }
      : { min: config.MinTTL ?? 0, fallback: config.DefaultTTL ?? 86_400, max: config.MaxTTL ?? 31_536_000 },
    gzip: config.Compress ?? false,
    brotli: false,
    headers: everything ? always : selector('whitelist', headers, true),
    cookies: selector(values?.Cookies?.Forward, values?.Cookies?.WhitelistedNames?.Items),
    queryStrings: !values?.QueryString
      ? never
      : values.QueryStringCacheKeys?.Items?.length
        ? selector('whitelist', values.QueryStringCacheKeys.Items)
        : always,
  };
}
