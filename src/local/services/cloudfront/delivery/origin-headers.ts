/**
 * The headers an origin gets: those the cache and origin request policies pick, the few CloudFront always
 * passes on, its own, and the origin's custom ones.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
import type { Origin } from '@aws-sdk/client-cloudfront';
import { type Behaviour, selector } from './behaviour.ts';
import {
  acceptedEncodings,
  type Headers,
  header,
  pickCookies,
  pickQuery,
  type ViewerRequest,
} from './viewer-request.ts';

/** Between two hops only, or taken care of elsewhere. */
const dropped = new Set([
  'connection',
  'content-length',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const about = new Set(['content-type', 'content-encoding', 'content-language', 'content-md5']);
const conditional = new Set([
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'range',
]);

interface OriginSelection {
  readonly query: string;
  readonly headers: Headers;
  /** The viewer's Host, when a policy forwards it. */
  readonly host?: string;
}

/** @param whole the origin is asked for the whole object, to be cached: conditions and ranges stay at the edge */
export function selectForOrigin(
  behaviour: Behaviour,
  origin: Origin,
  request: ViewerRequest,
  whole: boolean,
): OriginSelection {
  const { cache, originRequest: policy } = behaviour;
  const kind = policy?.HeadersConfig?.HeaderBehavior;
  const named = policy?.HeadersConfig?.Headers?.Items;
  const byPolicy =
    kind === 'allViewer' || kind === 'allViewerAndWhitelistCloudFront'
      ? selector('all', undefined)
      : selector(kind, named, true);
  const cookies = selector(policy?.CookiesConfig?.CookieBehavior, policy?.CookiesConfig?.Cookies?.Items);
  const query = selector(
    policy?.QueryStringsConfig?.QueryStringBehavior,
    policy?.QueryStringsConfig?.QueryStrings?.Items,
  );

  const headers: Headers = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (dropped.has(name) || name.startsWith('cloudfront-') || name.startsWith('x-amz-cf-')) continue;
    if (conditional.has(name) ? !whole : about.has(name) || byPolicy(name) || cache.headers(name))
      headers[name] = value;
  }
  // Kept on methods that change something, whatever the policies: only reads could be cached.
  const { authorization } = request.headers;
  if (authorization !== undefined && !['GET', 'HEAD', 'OPTIONS'].includes(request.method))
    headers.authorization = authorization;
  const wantsCloudFront = (name: string) =>
    cache.headers(name) ||
    ((kind === 'whitelist' || kind === 'allViewerAndWhitelistCloudFront') &&
      (named ?? []).some((one) => one.toLowerCase() === name));
  for (const [name, value] of Object.entries(aboutViewer(request)))
    if (wantsCloudFront(name)) headers[name] = value;
  const cookie = pickCookies(request.headers, (name) => cookies(name) || cache.cookies(name));
  if (cookie !== '') headers.cookie = cookie;
  const encodings = acceptedEncodings(request.headers, cache);
  if (cache.gzip || cache.brotli) {
    delete headers['accept-encoding'];
    if (encodings !== '') headers['accept-encoding'] = encodings;
  }
  if (!byPolicy('user-agent') && !cache.headers('user-agent')) headers['user-agent'] = 'Amazon CloudFront';
  const forwardedFor = header(request.headers, 'x-forwarded-for');
  headers['x-forwarded-for'] = forwardedFor ? `${forwardedFor}, ${request.sourceIp}` : request.sourceIp;
  headers['x-amz-cf-id'] = request.id;
  headers.via = '1.1 slipway.cloudfront.net (CloudFront)';
  for (const { HeaderName = '', HeaderValue = '' } of origin.CustomHeaders?.Items ?? [])
    headers[HeaderName.toLowerCase()] = HeaderValue;
  const host = header(request.headers, 'host');
  return {
    query: pickQuery(request.query, (name) => query(name) || cache.queryStrings(name)),
    headers,
    ...(host !== undefined && (byPolicy('host') || cache.headers('host')) ? { host } : {}),
  };
}

/** What can be known of a viewer on loopback; its country cannot, and is left out. */
function aboutViewer(request: ViewerRequest): Record<string, string> {
  const agent = header(request.headers, 'user-agent') ?? '';
  const tablet = /iPad|Tablet|Android(?!.*Mobile)/i.test(agent);
  const television = /SmartTV|SMART-TV|AppleTV|HbbTV/i.test(agent);
  const mobile = !tablet && /Mobi|iPhone|Android/i.test(agent);
  return {
    'cloudfront-forwarded-proto': 'https',
    'cloudfront-is-android-viewer': String(/Android/i.test(agent)),
    'cloudfront-is-desktop-viewer': String(!tablet && !mobile && !television),
    'cloudfront-is-ios-viewer': String(/iPhone|iPad|iPod/i.test(agent)),
    'cloudfront-is-mobile-viewer': String(mobile),
    'cloudfront-is-smarttv-viewer': String(television),
    'cloudfront-is-tablet-viewer': String(tablet),
    'cloudfront-viewer-address': `${request.sourceIp}:0`,
    'cloudfront-viewer-http-version': '1.1',
  };
}
