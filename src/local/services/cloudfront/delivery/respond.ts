/** The answer of the cache, or of the origin by way of it. */
import { Readable } from 'node:stream';
import type { CloudFrontContext, DistributionRecord } from '../context.ts';
import type { Behaviour } from './behaviour.ts';
import { type CachedResponse, largestCached } from './cache.ts';
import { compress } from './compression.ts';
import { byteRange, isNotModified } from './conditions.ts';
import { errorPage } from './error-page.ts';
import { directives, timeToLive } from './freshness.ts';
import { type OriginAnswer, OriginFailure } from './origin-answer.ts';
import { ageOf, askOrigin } from './origins.ts';
import {
  acceptedEncodings,
  type Headers,
  header,
  pickCookies,
  pickQuery,
  type ViewerRequest,
} from './viewer-request.ts';

/** As in the X-Cache header, before ` from cloudfront`. */
type Outcome =
  | 'Hit'
  | 'RefreshHit'
  | 'Miss'
  | 'Error'
  | 'FunctionGeneratedResponse'
  | 'FunctionExecutionError';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer | Readable;
  readonly outcome: Outcome;
}

interface Place {
  readonly key: string;
  readonly path: string;
  readonly encodings: string;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-the-cache-key.html */
function placeInCache(distribution: DistributionRecord, behaviour: Behaviour, request: ViewerRequest): Place {
  const { cache, config } = behaviour;
  const query = pickQuery(request.query, cache.queryStrings);
  const path = query === '' ? request.uri : `${request.uri}?${query}`;
  const headers = Object.entries(request.headers)
    .filter(([name]) => name !== 'cookie' && name !== 'accept-encoding' && cache.headers(name))
    .map(([name, value]) => `${name}:${String(value)}`)
    .sort();
  // A part of a compressed object would be a part of other bytes: ranges are cut from the plain one.
  const encodings = request.headers.range === undefined ? acceptedEncodings(request.headers, cache) : '';
  const kind = request.method === 'OPTIONS' ? 'OPTIONS' : 'GET';
  return {
    key: [
      distribution.id,
      config.TargetOriginId,
      kind,
      path,
      ...headers,
      pickCookies(request.headers, cache.cookies),
      encodings,
    ].join('\n'),
    path,
    encodings,
  };
}

export async function respond(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  request: ViewerRequest,
): Promise<Answer> {
  const cachedMethods: readonly string[] = behaviour.config.AllowedMethods?.CachedMethods?.Items ?? [];
  if (!cachedMethods.includes(request.method))
    return passOn(await ask(context, distribution, behaviour, request, {}, false));
  const place = placeInCache(distribution, behaviour, request);
  const now = context.env.clock.now();
  const entry = context.cache.get(place.key);
  if (entry && entry.freshUntil > now)
    return fromCache(entry, request, now, entry.status >= 400 ? 'Error' : 'Hit');

  // HEAD is asked as HEAD; only a whole answer can be kept.
  const mayKeep = request.method !== 'HEAD' && (behaviour.cache.ttl.max > 0 || behaviour.cache.ttl.min > 0);
  const stale = entry && entry.status < 400 && mayKeep ? entry : undefined;
  const validators: Headers = {};
  const modified = stale && header(stale.headers, 'last-modified');
  if (stale?.originETag) validators['if-none-match'] = stale.originETag;
  else if (modified) validators['if-modified-since'] = modified;
  const answer = await ask(context, distribution, behaviour, request, validators, mayKeep);

  if (stale && answer.status === 304 && Object.keys(validators).length > 0) {
    const headers = { ...stale.headers, ...refreshed(answer.headers) };
    const ttl = timeToLive(stale.status, headers, behaviour.cache, distribution.config, now);
    const renewed = {
      ...stale,
      headers,
      storedAt: now,
      freshUntil: now + ttl * 1000,
      initialAge: ageOf(answer.headers),
    };
    context.cache.put(place.key, renewed);
    return fromCache(renewed, request, now, 'RefreshHit');
  }
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html: a 5xx leaves the old copy in use.
  if (stale && answer.status >= 500 && !directives(stale.headers).has('must-revalidate')) {
    if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
    return fromCache(stale, request, now, 'Hit');
  }
  return keepOrPass(context, distribution, behaviour, request, place, answer, mayKeep);
}

async function keepOrPass(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  request: ViewerRequest,
  place: Place,
  answer: OriginAnswer,
  mayKeep: boolean,
): Promise<Answer> {
  const now = context.env.clock.now();
  const ttl = timeToLive(answer.status, answer.headers, behaviour.cache, distribution.config, now);
  // Errors are kept also where caching is off: the error caching minimum TTL is not the policy's.
  const keeps = request.method !== 'HEAD' && (mayKeep || answer.status >= 400) && ttl > 0;
  const compresses = mayKeep && behaviour.config.Compress === true && place.encodings !== '';
  if (!keeps && !compresses && !mayKeep) return passOn(answer);
  const declared = Number(header(answer.headers, 'content-length') ?? 0);
  if (declared > largestCached) {
    if (request.headers.range === undefined || Buffer.isBuffer(answer.body)) return passOn(answer);
    answer.body.destroy();
    return passOn(await ask(context, distribution, behaviour, request, {}, false));
  }
  const body = await collect(answer.body, largestCached);
  if (!Buffer.isBuffer(body)) return passOn({ ...answer, body });
  const plain = { status: answer.status, headers: withoutHops(answer.headers), body };
  const whole = compresses ? await compress(plain, place.encodings) : plain;
  const etag = header(answer.headers, 'etag');
  const entry: CachedResponse = {
    distributionId: distribution.id,
    path: place.path,
    ...whole,
    ...(etag === undefined ? {} : { originETag: etag }),
    storedAt: now,
    freshUntil: now + ttl * 1000,
    initialAge: ageOf(answer.headers),
  };
  if (keeps) context.cache.put(place.key, entry);
  else context.cache.delete(place.key);
  return fromWhole(entry, request, entry.status >= 400 ? 'Error' : 'Miss');
}

async function ask(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  behaviour: Behaviour,
  request: ViewerRequest,
  validators: Headers,
  whole: boolean,
): Promise<OriginAnswer> {
  try {
    return await askOrigin(context, distribution, behaviour, request, { whole, validators });
  } catch (error) {
    if (!(error instanceof OriginFailure)) throw error;
    context.env.host.notify({
      name: 'distribution.origin.failed',
      data: { distribution: distribution.id, path: request.uri, reason: error.message },
    });
    return errorPage(error.status, error.message, request.id);
  }
}

const hops = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'age',
];

function withoutHops(headers: Headers): Headers {
  const out = { ...headers };
  for (const name of hops) delete out[name];
  return out;
}

/** What a 304 says anew; its length is not the object's. */
function refreshed(headers: Headers): Headers {
  const { 'content-length': _, 'content-type': __, etag: ___, ...rest } = withoutHops(headers);
  return rest;
}

function passOn(answer: OriginAnswer): Answer {
  return {
    status: answer.status,
    headers: withoutHops(answer.headers),
    body: answer.body,
    outcome: answer.status >= 400 ? 'Error' : 'Miss',
  };
}

function fromCache(entry: CachedResponse, request: ViewerRequest, now: number, outcome: Outcome): Answer {
  const answer = fromWhole(entry, request, outcome);
  const age = entry.initialAge + Math.floor((now - entry.storedAt) / 1000);
  return { ...answer, headers: { ...answer.headers, age: String(age) } };
}

/** A whole response, cut down to what the viewer asked for. */
function fromWhole(entry: CachedResponse, request: ViewerRequest, outcome: Outcome): Answer {
  const { status, headers, body } = entry;
  const sized: Headers = { ...headers, 'content-length': String(body.length) };
  if (status !== 200 || request.method === 'OPTIONS') return { status, headers: sized, body, outcome };
  if (isNotModified(request.headers, headers)) {
    const { 'content-length': _, 'content-type': __, 'content-encoding': ___, ...rest } = sized;
    return { status: 304, headers: rest, body: Buffer.alloc(0), outcome };
  }
  const range = byteRange(request.headers, headers, body.length);
  if (range === undefined) return { status, headers: { ...sized, 'accept-ranges': 'bytes' }, body, outcome };
  if (range === 'unsatisfiable')
    return {
      status: 416,
      headers: { 'content-range': `bytes */${body.length}`, 'content-length': '0' },
      body: Buffer.alloc(0),
      outcome: 'Error',
    };
  const part = body.subarray(range.first, range.last + 1);
  return {
    status: 206,
    headers: {
      ...sized,
      'accept-ranges': 'bytes',
      'content-length': String(part.length),
      'content-range': `bytes ${range.first}-${range.last}/${body.length}`,
    },
    body: part,
    outcome,
  };
}

/** The bytes, or the stream again when there are more than `limit`. */
async function collect(body: Buffer | Readable, limit: number): Promise<Buffer | Readable> {
  if (Buffer.isBuffer(body)) return body;
  const chunks: Buffer[] = [];
  let size = 0;
  const source: AsyncIterator<Buffer> = body[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await source.next();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
    size += value.length;
    if (size > limit) break;
  }
  return Readable.from(
    (async function* () {
      yield* chunks;
      yield* { [Symbol.asyncIterator]: () => source };
    })(),
    { objectMode: false },
  );
}
