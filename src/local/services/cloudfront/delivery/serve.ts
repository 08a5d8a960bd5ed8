/**
 * A viewer's request, from host to answer:
 * distribution → behaviour → viewer-request function → cache or origin → error pages → viewer-response function →
 * response headers policy. There is no TLS on loopback: a viewer protocol policy counts as met, and origins
 * are told that the viewer came by https.
 */
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { UsageOf } from '../../../../core/usage.ts';
import type { DataPlaneRequest, DataPlaneResponse } from '../../../service.ts';
import type { CloudFrontContext, DistributionRecord } from '../context.ts';
import { distributionArn } from '../distributions.ts';
import { type Behaviour, findBehaviour } from './behaviour.ts';
import { errorPage } from './error-page.ts';
import { runViewerRequest, runViewerResponse } from './functions.ts';
import { type Answer, respond } from './respond.ts';
import { applyPolicy } from './response-headers.ts';
import type { Headers, ViewerRequest } from './viewer-request.ts';

const pop = 'LOC50-P1';

const hostName = (host: string) => host.replace(/:\d+$/, '').toLowerCase();

/** `d111111abcdef8` */
export const domainName = (host: string) => hostName(host).replace(/\.cloudfront\.(net|localhost)$/, '');

export async function serve(
  context: CloudFrontContext,
  incoming: DataPlaneRequest,
): Promise<DataPlaneResponse> {
  const id = Buffer.from(context.env.randomId(82), 'hex').toString('base64');
  const host = hostName(incoming.host);
  const name = domainName(incoming.host);
  const distributionId = context.domains.get(name);
  const distribution = distributionId === undefined ? undefined : context.distributions.get(distributionId);
  if (!distribution)
    return finish(errorAnswer(403, `Bad request. There is no distribution ${name}.cloudfront.net.`, id), id);
  if (!distribution.config.Enabled)
    return finish(errorAnswer(403, `Bad request. The distribution ${distribution.id} is disabled.`, id), id);
  const request = toViewerRequest(incoming, host, id);
  const answer = await deliver(context, distribution, request);
  return metered(context, distribution, request, finish(answer, id));
}

function toViewerRequest(incoming: DataPlaneRequest, host: string, id: string): ViewerRequest {
  const mark = incoming.url.indexOf('?');
  const headers: Headers = {};
  for (const [key, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers[key.toLowerCase()] = value;
  headers.host = host;
  return {
    method: incoming.method,
    uri: mark < 0 ? incoming.url : incoming.url.slice(0, mark),
    query: mark < 0 ? '' : incoming.url.slice(mark + 1),
    headers,
    body: incoming.body,
    sourceIp: incoming.sourceIp,
    id,
  };
}

const errorAnswer = (status: number, message: string, id: string): Answer => ({
  ...errorPage(status, message, id),
  outcome: 'Error',
});

async function deliver(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  viewer: ViewerRequest,
): Promise<Answer> {
  const behaviour = findBehaviour(context, distribution.config, viewer.uri);
  if (!behaviour) return errorAnswer(403, 'The distribution has no behaviour for this path.', viewer.id);
  const allowed: readonly string[] = behaviour.config.AllowedMethods?.Items ?? [];
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html
  if (!allowed.includes(viewer.method))
    return errorAnswer(
      403,
      `This distribution is not configured to allow the HTTP request method that was used for this request (${viewer.method}; allowed: ${allowed.join(', ')}).`,
      viewer.id,
    );
  const changed = runViewerRequest(context, distribution, behaviour, viewer);
  if ('answer' in changed) return withPolicy(context, behaviour, viewer, changed.answer);
  const { config } = distribution;
  const root = config.DefaultRootObject;
  const request =
    changed.request.uri === '/' && root ? { ...changed.request, uri: `/${root}` } : changed.request;
  let answer = await respond(context, distribution, behaviour, request);
  const fromOrigin = answer.status;
  if (fromOrigin >= 400) answer = await errorResponse(context, distribution, request, answer);
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html#http-status-codes
  if (fromOrigin < 400) answer = runViewerResponse(context, distribution, behaviour, request, answer);
  return withPolicy(context, behaviour, viewer, answer);
}

function withPolicy(
  { env }: CloudFrontContext,
  { responseHeaders: policy }: Behaviour,
  viewer: ViewerRequest,
  answer: Answer,
): Answer {
  if (!policy) return answer;
  const headers = applyPolicy(policy, viewer.headers, answer.headers);
  const timing = policy.ServerTimingHeadersConfig;
  // A random share of the answers, in per cent.
  if (
    timing?.Enabled &&
    (Number.parseInt(env.randomId(6), 16) / 0x1000000) * 100 < (timing.SamplingRate ?? 0)
  )
    headers['server-timing'] = [
      answer.outcome === 'Miss'
        ? 'cdn-cache-miss'
        : answer.outcome === 'RefreshHit'
          ? 'cdn-cache-refresh'
          : 'cdn-cache-hit',
      `cdn-pop;desc="${pop}"`,
      `cdn-rid;desc="${viewer.id}"`,
    ].join(',');
  return { ...answer, headers };
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html */
async function errorResponse(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  request: ViewerRequest,
  answer: Answer,
): Promise<Answer> {
  const custom = distribution.config.CustomErrorResponses?.Items?.find((e) => e.ErrorCode === answer.status);
  const path = custom?.ResponsePagePath;
  if (!path) return answer;
  const behaviour = findBehaviour(context, distribution.config, path);
  if (!behaviour) return answer;
  const { 'if-none-match': _, 'if-modified-since': __, range: ___, ...headers } = request.headers;
  const method = request.method === 'HEAD' ? 'HEAD' : 'GET';
  const page = await respond(context, distribution, behaviour, {
    ...request,
    method,
    uri: path,
    query: '',
    headers,
    body: Buffer.alloc(0),
  });
  if (page.status !== 200) {
    if (!Buffer.isBuffer(page.body)) page.body.destroy();
    return answer;
  }
  if (!Buffer.isBuffer(answer.body)) answer.body.destroy();
  return { ...page, status: Number(custom.ResponseCode) || answer.status, outcome: 'Error' };
}

function finish(answer: Answer, id: string): DataPlaneResponse & { readonly outcome: Answer['outcome'] } {
  return {
    status: answer.status,
    outcome: answer.outcome,
    headers: {
      ...answer.headers,
      'x-cache': `${answer.outcome} from cloudfront`,
      via: '1.1 slipway.cloudfront.net (CloudFront)',
      'x-amz-cf-pop': pop,
      'x-amz-cf-id': id,
    },
    body: answer.body,
  };
}

function metered(
  context: CloudFrontContext,
  distribution: DistributionRecord,
  request: ViewerRequest,
  { outcome: _, ...response }: DataPlaneResponse & { readonly outcome: Answer['outcome'] },
): DataPlaneResponse {
  const resource = distributionArn(context, distribution.id);
  const record = (usage: UsageOf<'cloudfront'>, quantity: number) =>
    context.env.meter({ service: 'cloudfront', usage, quantity, resource });
  record('requests-https', 1);
  const { body } = response;
  if (request.method === 'HEAD') return response;
  if (Buffer.isBuffer(body)) {
    if (body.length > 0) record('data-transfer-out-bytes', body.length);
    return response;
  }
  let sent = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sent += chunk.length;
      done(null, chunk);
    },
  });
  // A viewer that goes away is no error of ours; what it got is still billed.
  pipeline(body, counter)
    .catch(() => {})
    .finally(() => record('data-transfer-out-bytes', sent));
  return { ...response, body: counter };
}
