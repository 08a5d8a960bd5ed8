/**
 * Requests to function URLs, by AWS's host names (`{id}.lambda-url.{region}.on.aws`, or under .localhost) and by path
 * (`/_aws/lambda-url/{id}/…`), because every client can reach the latter.
 */
import { PassThrough, type Readable } from 'node:stream';
import type { Caller } from '../../../../iam/index.ts';
import { createMetricWriter } from '../../../compute/functions/metric-writer.ts';
import { readAnswer, readHead } from '../../../payload-2.ts';
import {
  AwsError,
  type Call,
  type DataPlaneAddress,
  type DataPlaneRequest,
  type DataPlaneResponse,
} from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readInvocation } from '../invocation.ts';
import type { UrlRecord } from '../records.ts';
import type { RunAnswer } from '../runner.ts';
import { newTraceId } from '../runner.ts';
import { corsHeaders, isPreflight, preflightHeaders } from './cors.ts';
import { type UrlRequest, urlEvent } from './event.ts';

export const urlPath = '/_aws/lambda-url/';

const anonymous: Caller = { kind: 'anonymous', arn: '*', accountId: 'anonymous' };

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestBody = 6 * 1024 * 1024;

export interface FunctionUrls {
  serve(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  serves(address: DataPlaneAddress): boolean;
  stop(): Promise<void>;
}

export function createFunctionUrls(context: LambdaContext): FunctionUrls {
  const { env, records } = context;
  const metrics = createMetricWriter(env, 'lambda.amazonaws.com', 'AWS/Lambda');
  const find = (id: string) => [...records.urls.values()].find((url) => url.id === id);

  /** https://docs.aws.amazon.com/lambda/latest/dg/urls-monitoring.html */
  const count = ({ function: FunctionName }: UrlRecord, status: number, ms: number) => {
    const dimensions = { FunctionName };
    metrics.add('UrlRequestCount', 'Count', 1, dimensions);
    metrics.add('Url4xxCount', 'Count', status >= 400 && status < 500 ? 1 : 0, dimensions);
    metrics.add('Url5xxCount', 'Count', status >= 500 ? 1 : 0, dimensions);
    metrics.add('UrlRequestLatency', 'Milliseconds', ms, dimensions);
  };

  return {
    serves: (address) => find(addressOf(address).id) !== undefined,
    stop: () => metrics.flush(),
    async serve(request) {
      const { id, path, query } = addressOf(request);
      const url = find(id);
      if (!url) return said(403, 'Forbidden', 'AccessDeniedException');
      const requestId = env.uuid();
      const traceId = String(request.headers['x-amzn-trace-id'] ?? newTraceId(env));
      const started = performance.now();
      const asked = { path, query, request, requestId, traceId, receivedAt: env.clock.now() };
      const answer = await answerOf(context, url, asked);
      count(url, answer.status, performance.now() - started);
      return {
        ...answer,
        headers: {
          ...answer.headers,
          ...corsHeaders(url.cors, request),
          'x-amzn-requestid': requestId,
          'x-amzn-trace-id': traceId,
          date: new Date(env.clock.now()).toUTCString(),
        },
      };
    },
  };
}

function addressOf({ host, url }: DataPlaneAddress): {
  readonly id: string;
  readonly path: string;
  readonly query: string;
} {
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (!whole.startsWith(urlPath)) return { id: host.split('.')[0] ?? '', path: whole, query };
  const [, id = '', path = ''] = /^([^/]*)(.*)$/s.exec(whole.slice(urlPath.length)) ?? [];
  return { id, path: path || '/', query };
}

const said = (status: number, Message: string, type: string): DataPlaneResponse => ({
  status,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
  body: Buffer.from(JSON.stringify({ Message })),
});

async function answerOf(
  context: LambdaContext,
  url: UrlRecord,
  asked: UrlRequest,
): Promise<DataPlaneResponse> {
  const { request } = asked;
  // A preflight has no signature; it is answered without the function.
  if (url.cors && isPreflight(request))
    return { status: 200, headers: preflightHeaders(url.cors, request), body: Buffer.alloc(0) };
  let caller: Caller | undefined;
  try {
    caller = authorise(context, url, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return said(
      403,
      error.code === 'AccessDenied' ? 'Forbidden' : error.message,
      error.code === 'AccessDenied' ? 'AccessDeniedException' : error.code,
    );
  }
  if (request.body.length > largestBody) return said(413, 'Request Too Long', 'RequestTooLargeException');
  try {
    return await invoke(context, url, asked, caller);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.code === 'TooManyRequestsException') return said(429, 'Rate Exceeded.', error.code);
    if (error.code === 'RequestTooLargeException') return said(413, 'Request Too Long', error.code);
    return badGateway;
  }
}

const badGateway: DataPlaneResponse = {
  status: 502,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InternalServerErrorException' },
  body: Buffer.from('Internal Server Error'),
};

/**
 * Both permissions are asked for, as of URLs that are made since October 2025.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function authorise(context: LambdaContext, url: UrlRecord, request: DataPlaneRequest): Caller | undefined {
  const { env } = context;
  const signed = url.authType === 'AWS_IAM' ? env.signedBy(request, 'lambda') : undefined;
  const caller = signed ?? anonymous;
  const qualifier = url.alias || undefined;
  const check = (action: string, keys: Readonly<Record<string, string>>) =>
    env.authorise(
      caller,
      { ...functionAccess(context, action, url.function, qualifier), context: keys },
      request,
    );
  check('InvokeFunctionUrl', { 'lambda:FunctionUrlAuthType': url.authType });
  check('InvokeFunction', { 'lambda:InvokedViaFunctionUrl': 'true' });
  return signed;
}

async function invoke(
  context: LambdaContext,
  url: UrlRecord,
  asked: UrlRequest,
  caller: Caller | undefined,
): Promise<DataPlaneResponse> {
  const { env, runner } = context;
  const call: Call = {
    requestId: asked.requestId,
    caller: caller ?? anonymous,
    scope: { accountId: env.accountId, region: env.region },
    signal: () => new AbortController().signal,
  };
  const input = {
    FunctionName: url.function,
    Qualifier: url.alias || undefined,
    Payload: Buffer.from(JSON.stringify(urlEvent(asked, url, caller, env))),
  };
  const wanted = { ...readInvocation(context, input, call, 'RequestResponse'), traceId: asked.traceId };
  if (url.invokeMode === 'BUFFERED') return buffered(await runner.run(wanted));
  const parts = new PassThrough();
  let begun: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const answer = runner
    .run({
      ...wanted,
      onPart(chunk) {
        parts.write(chunk);
        begun();
      },
    })
    .finally(() => parts.end());
  answer.catch(() => {});
  const whole = await Promise.race([first.then(() => undefined), answer]);
  // A handler that does not stream answers at once.
  if (whole && parts.readableLength === 0) return buffered(whole);
  return streamed(parts);
}

function buffered({ functionError, payload }: RunAnswer): DataPlaneResponse {
  return (functionError === undefined ? readAnswer(payload) : undefined) ?? badGateway;
}

/** What `awslambda.HttpResponseStream.from` writes first is JSON, and ends with eight zeros. */
const separator = Buffer.alloc(8);
const longestHead = 256 * 1024;

async function streamed(parts: PassThrough): Promise<DataPlaneResponse> {
  let start = Buffer.alloc(0);
  let head: ReturnType<typeof readHead>;
  for (;;) {
    const chunk = parts.read() as Buffer | null;
    if (chunk) start = Buffer.concat([start, chunk]);
    const end = start.indexOf(separator);
    if (start[0] !== 0x7b || start.length > longestHead) break;
    if (end >= 0) {
      head = parsedHead(start.subarray(0, end));
      if (head) start = start.subarray(end + separator.length);
      break;
    }
    if (chunk === null && parts.readableEnded) break;
    if (chunk === null && !(await more(parts))) break;
  }
  return {
    status: head?.status ?? 200,
    headers: head?.headers ?? { 'content-type': 'application/octet-stream' },
    body: withStart(start, parts),
  };
}

function parsedHead(bytes: Buffer): ReturnType<typeof readHead> {
  try {
    return readHead(JSON.parse(bytes.toString()) as Readonly<Record<string, unknown>>);
  } catch {
    return undefined;
  }
}

/** Waits for something to read; false at the end. */
const more = (stream: Readable): Promise<boolean> =>
  new Promise((resolve) => {
    if (stream.readableEnded) return resolve(false);
    const done = (there: boolean) => () => {
      stream.off('readable', onReadable).off('end', onEnd);
      resolve(there);
    };
    const onReadable = done(true);
    const onEnd = done(false);
    stream.once('readable', onReadable).once('end', onEnd);
  });

function withStart(start: Buffer, rest: PassThrough): Readable {
  const whole = new PassThrough();
  if (start.length > 0) whole.write(start);
  rest.pipe(whole);
  return whole;
}
