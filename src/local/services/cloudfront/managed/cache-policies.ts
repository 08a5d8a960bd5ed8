/** AWS's own cache policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
import type { CachePolicyConfig } from '@aws-sdk/client-cloudfront';
import { quantified } from '../context.ts';

interface Definition {
  readonly name: string;
  readonly comment: string;
  readonly ttl: readonly [min: number, fallback: number, max: number];
  readonly compressed?: boolean;
  readonly headers?: readonly string[];
  readonly cookies?: 'all';
  readonly queryStrings?: 'all' | readonly string[];
}

const policy = (d: Definition): CachePolicyConfig => ({
  Name: `Managed-${d.name}`,
  Comment: d.comment,
  MinTTL: d.ttl[0],
  DefaultTTL: d.ttl[1],
  MaxTTL: d.ttl[2],
  ParametersInCacheKeyAndForwardedToOrigin: {
    EnableAcceptEncodingGzip: d.compressed ?? false,
    EnableAcceptEncodingBrotli: d.compressed ?? false,
    HeadersConfig: d.headers
      ? { HeaderBehavior: 'whitelist', Headers: quantified(d.headers) }
      : { HeaderBehavior: 'none' },
    CookiesConfig: { CookieBehavior: d.cookies ?? 'none' },
    QueryStringsConfig:
      d.queryStrings === undefined
        ? { QueryStringBehavior: 'none' }
        : d.queryStrings === 'all'
          ? { QueryStringBehavior: 'all' }
          : { QueryStringBehavior: 'whitelist', QueryStrings: quantified(d.queryStrings) },
  },
});

const year = 31_536_000;
const day = 86_400;
const originHeaders = [
  'Host',
  'Origin',
  'X-HTTP-Method-Override',
  'X-HTTP-Method',
  'X-Method-Override',
] as const;

export const managedCachePolicies: Readonly<Record<string, CachePolicyConfig>> = {
  '2e54312d-136d-493c-8eb9-b001f22f67d2': policy({
    name: 'Amplify',
    comment: 'Policy for Amplify Origin',
    ttl: [2, 2, 600],
    compressed: true,
    headers: ['Authorization', 'CloudFront-Viewer-Country', 'Host'],
    cookies: 'all',
    queryStrings: 'all',
  }),
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': policy({
    name: 'CachingDisabled',
    comment: 'Policy with caching disabled',
    ttl: [0, 0, 0],
  }),
  '658327ea-f89d-4fab-a63d-7e88639e58f6': policy({
    name: 'CachingOptimized',
    comment: 'Policy with caching enabled. Supports Gzip and Brotli compression.',
    ttl: [1, day, year],
    compressed: true,
  }),
  'b2884449-e4de-46a7-ac36-70bc7f1ddd6d': policy({
    name: 'CachingOptimizedForUncompressedObjects',
    comment: 'Default policy when compression is disabled',
    ttl: [1, day, year],
  }),
  '08627262-05a9-4f76-9ded-b50ca2e3a84f': policy({
    name: 'Elemental-MediaPackage',
    comment: 'Policy for Elemental MediaPackage Origin',
    ttl: [0, day, year],
    headers: ['Origin'],
    queryStrings: ['aws.manifestfilter', 'start', 'end', 'm'],
  }),
  '83da9c7e-98b4-4e11-a168-04f0df8e2c65': policy({
    name: 'UseOriginCacheControlHeaders',
    comment:
      'Policy for origins that return Cache-Control headers. Query strings are not included in the cache key.',
    ttl: [0, 0, year],
    compressed: true,
    headers: originHeaders,
    cookies: 'all',
  }),
  '4cc15a8a-d715-48a4-82b8-cc0b614638fe': policy({
    name: 'UseOriginCacheControlHeaders-QueryStrings',
    comment:
      'Policy for origins that return Cache-Control headers and serve different content based on query strings.',
    ttl: [0, 0, year],
    compressed: true,
    headers: originHeaders,
    cookies: 'all',
    queryStrings: 'all',
  }),
};
