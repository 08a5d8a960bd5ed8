/** A viewer's request on its way: what the function saw and changed, and what the policies pick from it. */
import type { Selector } from './behaviour.ts';

export type Headers = Record<string, string | string[]>;

export interface ViewerRequest {
  readonly method: string;
  /** Percent-encoded, without the query. */
  readonly uri: string;
  /** Without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Headers;
  readonly body: Buffer;
  readonly sourceIp: string;
  /** X-Amz-Cf-Id */
  readonly id: string;
}

export const header = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** The parts of a query string whose names are selected, in their order. */
export const pickQuery = (query: string, selected: Selector): string =>
  query
    .split('&')
    .filter((part) => part !== '' && selected(part.split('=', 1)[0] ?? ''))
    .join('&');

export const pickCookies = (headers: Headers, selected: Selector): string =>
  (header(headers, 'cookie') ?? '')
    .split(/;\s*/)
    .filter((cookie) => cookie !== '' && selected(cookie.split('=', 1)[0] ?? ''))
    .join('; ');

/**
 * Accept-Encoding as the cache key and the origin get it: `br,gzip`, `br`, `gzip` or nothing.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html#cache-policy-compressed-objects
 */
export function acceptedEncodings(headers: Headers, rules: { gzip: boolean; brotli: boolean }): string {
  const accepted = new Set(
    (header(headers, 'accept-encoding') ?? '')
      .split(',')
      .map((part) => part.trim().toLowerCase())
      .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
      .map((part) => part.split(';', 1)[0] ?? ''),
  );
  return [
    ...(rules.brotli && accepted.has('br') ? ['br'] : []),
    ...(rules.gzip && accepted.has('gzip') ? ['gzip'] : []),
  ].join(',');
}
