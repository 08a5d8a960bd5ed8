/**
 * Answers one HTTP request: identify → authenticate → parse → (dispatch: authorise → meter → handle) → serialise.
 * Nothing else in the tree authenticates, authorises, counts or injects faults.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../../core/clock.ts';
import type { Directory } from '../iam/directory.ts';
import { AwsError, type Call, type DataPlaneResponse } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import { readJson } from '../wire/json.ts';
import { readQuery } from '../wire/query.ts';
import { type ProtocolKind, type WireResponse, writeError, writeResponse } from '../wire/response.ts';
import { hasStreamingPayload, parseJson, type RestRoute, readRest, type WireRequest } from '../wire/rest.ts';
import { WireInputError } from '../wire/scalar.ts';
import type { OperationShape } from '../wire/shape.ts';
import { authenticate, type Signed } from './authenticate.ts';
import { decompress, readWhole, through } from './body.ts';
import { chunkedDecoder, hashChecker } from './chunked.ts';
import { type DispatchContext, dispatch } from './dispatch.ts';
import { identify, type Target } from './identify.ts';
import type { LoadedService } from './loaded-service.ts';
import { sha256Hex } from './sigv4.ts';

export interface EdgeContext extends DispatchContext {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly services: readonly ServiceEntry[];
  load(id: string): Promise<LoadedService>;
  requestId(): string;
  /** Slipway's own control interface, under /_slipway/. */
  control(request: WireRequest & { readonly body: Buffer }): Promise<DataPlaneResponse>;
  /** An error that is our bug. */
  failed(error: unknown, what: string): void;
}

/** Larger than any API's own limit; API Gateway and Lambda state theirs (10 MB, 6 MB). */
const apiBodyLimit = 64 * 1024 * 1024;
/** Bodies up to this are verified before the handler sees them; larger ones while they stream. */
const bufferUpTo = 256 * 1024;

/** Answers what comes in over HTTP. */
export const createEdge =
  (context: EdgeContext): RequestListener =>
  (request, response) => {
    handle(request, response, context).catch((error: unknown) => {
      context.failed(error, `${request.method} ${request.url?.split('?')[0]}`);
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    });
  };

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  context: EdgeContext,
): Promise<void> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const wire = {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: request.headers,
  };
  const target = identify(wire, context.services);
  switch (target.kind) {
    case 'control':
      return send(
        response,
        wire.method,
        await context.control({ ...wire, body: await readWhole(request, apiBodyLimit) }),
      );
    case 'data-plane': {
      const loaded = await context.load(target.service);
      if (!loaded.service.serve) throw new Error(`${target.service} has no data plane`);
      let body: Buffer;
      try {
        // API Gateway's own limit, which CloudFront in front of it does not exceed:
        // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
        body = await readWhole(request, 10 * 1024 * 1024);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return send(response, wire.method, {
          status: 413,
          headers: { 'content-type': 'application/json' },
          body: Buffer.from(JSON.stringify({ message: 'Request Too Long' })),
        });
      }
      const answer = await loaded.service.serve({
        method: wire.method,
        host: String(request.headers.host ?? ''),
        url,
        headers: request.headers,
        body,
        sourceIp: sourceIp(request),
      });
      return send(response, wire.method, answer);
    }
    case 'unknown': {
      request.resume();
      return send(response, wire.method, {
        status: 400,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(
          JSON.stringify({
            __type: 'UnknownService',
            message: `Slipway does not run what this request is for (${target.hint}).`,
          }),
        ),
      });
    }
    case 'api':
      return handleApi(request, response, wire, target, context);
  }
}

type ApiTarget = Target & { kind: 'api' };

async function handleApi(
  request: IncomingMessage,
  response: ServerResponse,
  head: Omit<WireRequest, 'body'>,
  target: ApiTarget,
  context: EdgeContext,
): Promise<void> {
  const requestId = context.requestId();
  const loaded = await context.load(target.entry.id);
  const { protocol } = target;
  const options = { protocol, requestId, xmlNamespace: target.entry.xmlNamespace };
  const gone = whenGone(response);
  let call: Call | undefined;
  let input: Record<string, unknown> = {};
  let answer: WireResponse;
  try {
    const rest =
      protocol === 'rest-json' || protocol === 'rest-xml' ? findRoute(loaded, head, target) : undefined;
    if (rest === null)
      throw new AwsError(
        'NotImplemented',
        `Slipway does not support ${head.method} ${head.path} of ${target.entry.id}.`,
        501,
      );
    const streams = rest !== undefined && hasStreamingPayload(rest.operation) && !isSmall(request);
    const raw: Buffer | Readable = streams ? request : await readWhole(request, apiBodyLimit);
    const signed = authenticate(
      { ...head, body: raw },
      { id: target.entry.id, signingName: target.entry.signingName, protocol },
      context,
    );
    const body = checkBody(raw, signed, head);
    call = {
      requestId,
      caller: signed.caller,
      get signal() {
        return gone();
      },
      http: {
        method: head.method,
        host: String(head.headers.host ?? ''),
        path: head.path,
        headers: head.headers,
        query: head.query,
        sourceIp: sourceIp(request),
        protocol,
        presigned: signed.parts?.presigned ?? false,
      },
      ...(signed.parts ? { accessKeyId: signed.parts.accessKeyId } : {}),
    };
    const parsed = parse(loaded, head, body, protocol, rest);
    input = parsed.input;
    const output = await dispatch(
      loaded,
      parsed.operation.name,
      input,
      call,
      signed.identity?.session ?? [],
      protocol,
      context,
    );
    answer = writeResponse(parsed.operation, output as Record<string, unknown>, options);
  } catch (error) {
    const known = asAwsError(error, protocol);
    if (!known) {
      context.failed(error, `${target.entry.id} ${head.method} ${head.path}`);
    }
    answer = writeError(
      known ??
        new AwsError(
          protocol === 'rest-xml' ? 'InternalError' : 'InternalFailure',
          'Slipway failed; its log says why.',
          500,
        ),
      loaded.schema,
      { ...options, bareXmlErrors: target.entry.id === 's3' },
    );
    // An unread body would be taken for the next request on this connection.
    if (!request.readableEnded) {
      request.unpipe();
      request.resume();
    }
  }
  if (call && loaded.service.answerHeaders)
    Object.assign(answer.headers, loaded.service.answerHeaders(call, input));
  await send(response, head.method, {
    status: answer.status,
    headers: answer.headers,
    body: toBody(answer.body),
  });
}

/** @returns null when no operation of the service matches */
function findRoute(
  loaded: LoadedService,
  head: Omit<WireRequest, 'body'>,
  target: ApiTarget,
): RestRoute | null {
  if (target.entry.id !== 's3') return loaded.route(head) ?? null;
  // S3's model leaves the bucket out of its paths: it may be in the host or first in the path.
  const inPath = /^\/([^/]+)(\/.*)?$/.exec(head.path);
  const bucket = target.bucket ?? (inPath?.[1] === undefined ? undefined : decodeURIComponent(inPath[1]));
  const path = target.bucket ? head.path : (inPath?.[2] ?? '/');
  const takesBucket = (operation: OperationShape) =>
    operation.input.byName.get('Bucket')?.traits.httpLabel === 1;
  const route = loaded.route(
    { ...head, path },
    (operation) => takesBucket(operation) === (bucket !== undefined),
  );
  return route
    ? { ...route, labels: bucket === undefined ? route.labels : { ...route.labels, Bucket: bucket } }
    : null;
}

function isSmall(request: IncomingMessage): boolean {
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  return (
    length <= bufferUpTo && !String(request.headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  );
}

/** Holds the body to the hash that was signed; streams are held to it while they flow. */
function checkBody(
  raw: Buffer | Readable,
  signed: Signed,
  head: Omit<WireRequest, 'body'>,
): Buffer | Readable {
  const { payloadHash, parts, identity } = signed;
  const stated = payloadHash ?? head.headers['x-amz-content-sha256'];
  if (stated === undefined || stated === 'UNSIGNED-PAYLOAD') return raw;
  const marker = String(stated);
  if (!marker.startsWith('STREAMING-')) {
    if (!Buffer.isBuffer(raw)) return through(raw, hashChecker(marker));
    if (sha256Hex(raw) !== marker)
      throw new AwsError(
        'XAmzContentSHA256Mismatch',
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
      );
    return raw;
  }
  const signedChunks = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(-TRAILER)?$/.test(marker);
  if (!parts || !identity || (!signedChunks && marker !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'))
    throw new AwsError('NotImplemented', `Slipway does not support x-amz-content-sha256: ${marker}.`, 501);
  const decoder = chunkedDecoder({
    signed: signedChunks,
    parts,
    secret: identity.secretAccessKey,
    // Trailing checksums reach the handler as if they had been headers; the S3 service verifies them.
    onTrailers: (trailers) => {
      for (const [name, value] of trailers) (head.headers as Record<string, string>)[name] = value;
    },
  });
  return through(Buffer.isBuffer(raw) ? Readable.from([raw]) : raw, decoder);
}

function parse(
  loaded: LoadedService,
  head: Omit<WireRequest, 'body'>,
  body: Buffer | Readable,
  protocol: ProtocolKind,
  rest: RestRoute | undefined,
): { operation: OperationShape; input: Record<string, unknown> } {
  if (rest)
    return {
      operation: rest.operation,
      input: readRest(rest, { ...head, body }, protocol === 'rest-json' ? 'json' : 'xml'),
    };
  const text = decompress(
    Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    head.headers['content-encoding'] as string | undefined,
    apiBodyLimit,
  );
  if (protocol === 'query') {
    const params = new URLSearchParams(text.toString());
    for (const [key, value] of head.query) params.append(key, value);
    const operation = find(loaded, params.get('Action') ?? '');
    return { operation, input: readQuery(operation.input, params) };
  }
  const name = String(head.headers['x-amz-target']).split('.').at(-1) ?? '';
  const operation = find(loaded, name);
  const value = text.length === 0 ? {} : parseJson(text);
  return { operation, input: readJson(operation.input, value, '', false) as Record<string, unknown> };
}

function find(loaded: LoadedService, name: string): OperationShape {
  const shape = loaded.schema.operations.get(name);
  if (shape) return shape;
  throw new AwsError(
    loaded.entry.protocols.includes('query') ? 'InvalidAction' : 'UnknownOperationException',
    `The action ${name || '(none)'} is not an operation of ${loaded.entry.id}.`,
  );
}

function asAwsError(error: unknown, protocol: ProtocolKind): AwsError | undefined {
  if (error instanceof AwsError) return error;
  if (error instanceof WireInputError) {
    const code =
      protocol === 'query'
        ? error.unknownMember
          ? 'UnknownParameter'
          : 'MalformedInput'
        : protocol === 'rest-xml'
          ? 'MalformedXML'
          : 'SerializationException';
    return new AwsError(
      code,
      error.unknownMember
        ? `Slipway does not know the parameter ${error.message}. It is refused rather than ignored.`
        : error.message,
    );
  }
  return undefined;
}

/**
 * A signal that aborts when the client went away before its answer. Made on first use: few operations wait, and
 * an abort costs more than most operations do.
 */
function whenGone(response: ServerResponse): () => AbortSignal {
  let controller: AbortController | undefined;
  return () => {
    if (!controller) {
      const made = new AbortController();
      controller = made;
      if (response.destroyed) made.abort();
      else
        response.once('close', () => {
          if (!response.writableFinished) made.abort();
        });
    }
    return controller.signal;
  };
}

const sourceIp = (request: IncomingMessage) =>
  (request.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');

const noBody = Buffer.alloc(0);
const toBody = (body: WireResponse['body']): string | Buffer | Readable =>
  body === undefined
    ? noBody
    : body instanceof Uint8Array
      ? Buffer.from(body.buffer, body.byteOffset, body.byteLength)
      : body;

type Answer = Omit<DataPlaneResponse, 'body'> & { readonly body: string | Buffer | Readable };

async function send(response: ServerResponse, method: string, answer: Answer): Promise<void> {
  const { body } = answer;
  if (response.destroyed) {
    if (!Buffer.isBuffer(body) && typeof body !== 'string') body.destroy();
    return;
  }
  const headers: Record<string, string | string[] | number> = { ...answer.headers };
  // Text goes out in one write with its headers; a buffer takes a second one.
  if (Buffer.isBuffer(body) || typeof body === 'string') {
    if (method !== 'HEAD' && answer.status !== 204 && answer.status !== 304)
      headers['content-length'] = Buffer.byteLength(body);
    response.writeHead(answer.status, headers);
    response.end(method === 'HEAD' ? undefined : body);
    return;
  }
  response.writeHead(answer.status, headers);
  if (method === 'HEAD') {
    body.destroy();
    response.end();
    return;
  }
  try {
    await pipeline(body, response);
  } catch {
    // The reader went away, or the source broke after the headers were sent: the connection is the only signal left.
    response.destroy();
  }
}
