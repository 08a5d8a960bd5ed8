/**
 * How long a response is kept: the origin's headers held between the policy's minimum and maximum; errors by
 * their own minimum.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html#ExpirationDownloadDist
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/custom-error-pages-expiration.html
 */
import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { CacheRules } from './behaviour.ts';
import { type Headers, header } from './viewer-request.ts';

/** Seconds until an error is asked for again, when the distribution does not say. */
const defaultErrorTtl = 10;

/** Cached whatever the origin says, but for no-store and its like on four of them. */
const cachedErrors = new Set([404, 410, 414, 500, 501, 502, 503, 504]);
const respectsNoStore = new Set([404, 410, 414, 501]);
/** Cached only when the origin states an age. */
const cachedErrorsWithAge = new Set([400, 403, 405, 412, 415]);

export function directives(headers: Headers): ReadonlyMap<string, string> {
  const parts = (header(headers, 'cache-control') ?? '').split(',');
  return new Map(
    parts.map((part) => {
      const [name = '', value = ''] = part.trim().split('=', 2);
      return [name.toLowerCase(), value.replaceAll('"', '')];
    }),
  );
}

/** Seconds the origin asks for; undefined when it says nothing. */
function statedAge(headers: Headers, now: number): number | undefined {
  const control = directives(headers);
  for (const name of ['s-maxage', 'max-age']) {
    const value = Number(control.get(name) || Number.NaN);
    if (Number.isFinite(value) && value >= 0) return value;
  }
  const expires = header(headers, 'expires');
  if (expires === undefined) return undefined;
  const at = Date.parse(expires);
  // A date that cannot be read is in the past.
  return Number.isNaN(at) ? 0 : Math.max(0, (at - now) / 1000);
}

const forbids = (headers: Headers) => {
  const control = directives(headers);
  return control.has('no-store') || control.has('no-cache') || control.has('private');
};

export function timeToLive(
  status: number,
  headers: Headers,
  rules: CacheRules,
  distribution: DistributionConfig,
  now: number,
): number {
  const stated = statedAge(headers, now);
  if (status >= 400) {
    const configured = distribution.CustomErrorResponses?.Items?.find((e) => e.ErrorCode === status);
    const minimum = configured?.ErrorCachingMinTTL ?? defaultErrorTtl;
    if (!cachedErrors.has(status)) {
      if (!cachedErrorsWithAge.has(status)) return 0;
      if (!configured && stated === undefined) return 0;
    }
    if (respectsNoStore.has(status) && forbids(headers)) return 0;
    return Math.max(minimum, Math.min(stated ?? 0, rules.ttl.max));
  }
  const { min, fallback, max } = rules.ttl;
  if (status < 200 || status === 206 || status === 304) return 0;
  if (forbids(headers)) return min;
  if (stated === undefined) return Math.max(min, fallback);
  return Math.max(min, Math.min(stated, max));
}
