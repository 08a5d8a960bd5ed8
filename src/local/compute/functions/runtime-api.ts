/**
 * The Lambda Runtime API of one execution environment: how the code in it takes invocations and answers them. Every
 * runtime speaks it, ours and those that a bundle or an image brings along, so it is plain HTTP on a port of its own.
 * https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 * Extensions and the telemetry API are refused by name.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RuntimeRequest {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly arn: string;
  readonly traceId: string;
  /** ms since the epoch, on the real clock */
  readonly deadline: number;
  /** JSON texts, as the headers carry them. */
  readonly clientContext?: string | undefined;
  readonly cognitoIdentity?: string | undefined;
}

export interface RuntimeEvents {
  /** The runtime waits for an invocation. */
  idle(): void;
  initFailed(body: Buffer): void;
  /** A part of a streamed response. `contentType` comes with the first. */
  part(chunk: Buffer, contentType: string): void;
  /** Of a streamed response the body is empty: its parts were told. */
  succeeded(body: Buffer): void;
  failed(body: Buffer): void;
  tooLarge(): void;
}

export interface RuntimeApi {
  /** `host:port`, the value of AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  /** Given to the runtime as soon as it asks; only after the last one was answered. */
  offer(request: RuntimeRequest): void;
  close(): void;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; AWS's error names this number. */
export const largestResponse = 6 * 1024 * 1024 + 100;
/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html */
const largestStream = 200 * 1024 * 1024;

const root = '/2018-06-01/runtime';

export async function startRuntimeApi(events: RuntimeEvents): Promise<RuntimeApi> {
  let offered: RuntimeRequest | undefined;
  let waiting: ServerResponse | undefined;
  /** Of the invocation that was handed out and not answered. */
  let current: string | undefined;

  function hand(): void {
    if (!offered || !waiting) return;
    const { requestId, payload, arn, traceId, deadline, clientContext, cognitoIdentity } = offered;
    const response = waiting;
    offered = undefined;
    waiting = undefined;
    current = requestId;
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': payload.length,
      'Lambda-Runtime-Aws-Request-Id': requestId,
      'Lambda-Runtime-Deadline-Ms': String(deadline),
      'Lambda-Runtime-Invoked-Function-Arn': arn,
      'Lambda-Runtime-Trace-Id': traceId,
      ...(clientContext === undefined ? {} : { 'Lambda-Runtime-Client-Context': clientContext }),
      ...(cognitoIdentity === undefined ? {} : { 'Lambda-Runtime-Cognito-Identity': cognitoIdentity }),
    });
    response.end(payload);
  }

  function answer(response: ServerResponse, status: number, body: object): void {
    const text = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': text.length });
    response.end(text);
  }
  const accepted = (response: ServerResponse) => answer(response, 202, { status: 'OK' });
  const refused = (response: ServerResponse, status: number, errorType: string, errorMessage: string) =>
    answer(response, status, { errorMessage, errorType });

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const streamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
    const limit = streamed ? largestStream : largestResponse;
    const contentType = request.headers['content-type'] ?? 'application/octet-stream';
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) continue;
      if (streamed) events.part(chunk, contentType);
      else chunks.push(chunk);
    }
    current = undefined;
    if (size > limit) {
      refused(
        response,
        413,
        'RequestEntityTooLarge',
        `Exceeded maximum allowed payload size (${limit} bytes).`,
      );
      return events.tooLarge();
    }
    accepted(response);
    const type = request.trailers['lambda-runtime-function-error-type'];
    if (type === undefined)
      events.succeeded(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    else events.failed(trailingError(type, request.trailers['lambda-runtime-function-error-body']));
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '' } = request;
    if (method === 'GET' && url === `${root}/invocation/next`) {
      // Nobody will answer the last one any more.
      if (current !== undefined) events.failed(unanswered(current));
      current = undefined;
      waiting = response;
      response.once('close', () => {
        if (waiting === response) waiting = undefined;
      });
      events.idle();
      return hand();
    }
    if (method === 'POST' && url === `${root}/init/error`) {
      const body = await readBody(request);
      accepted(response);
      return events.initFailed(body);
    }
    const [, id, what] = /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/.exec(url) ?? [];
    if (method === 'POST' && id !== undefined) {
      if (id !== current) {
        request.resume();
        return refused(response, 400, 'InvalidRequestID', 'Invalid request ID');
      }
      if (what === 'response') return respond(request, response);
      const body = await readBody(request);
      current = undefined;
      accepted(response);
      return events.failed(body);
    }
    request.resume();
    if (/^\/(2020-01-01\/extension|2022-07-01\/telemetry|2020-08-15\/logs)/.test(url))
      return refused(response, 403, 'Extension.NotSupported', 'Slipway does not run Lambda extensions');
    refused(response, 404, 'NotFound', `${method} ${url} is not part of the Lambda Runtime API`);
  }

  const server = createServer((request, response) => {
    // A runtime that ends in the middle of a request has ended: its process tells.
    handle(request, response).catch(() => response.destroy());
  });
  server.requestTimeout = 0;
  server.headersTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    offer(request) {
      offered = request;
      hand();
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestResponse) chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const unanswered = (requestId: string) =>
  Buffer.from(
    JSON.stringify({
      errorType: 'Runtime.NoResponse',
      errorMessage: `RequestId: ${requestId} Error: the runtime asked for the next invocation without a response to this one`,
    }),
  );

/** An error in the middle of a stream; its body is JSON in base64. */
function trailingError(type: string, body: string | undefined): Buffer {
  const text = Buffer.from(body ?? '', 'base64');
  return text.length > 0 ? text : Buffer.from(JSON.stringify({ errorType: type, errorMessage: '' }));
}
