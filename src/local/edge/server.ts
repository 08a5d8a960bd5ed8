/**
 * Answers one HTTP request: Slipway's own control interface, a data plane, or an AWS API (./api.ts).
 * Nothing else in the tree authenticates, authorises, counts or injects faults.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { DataPlanes } from '../cloud/data-planes.ts';
import type { Control } from '../control.ts';
import type { ServiceEntry } from '../services/registry.ts';
import type { HttpHead } from '../wire/rest.ts';
import { type ApiContext, answerApi, sourceIp } from './api.ts';
import { ClientGone, discard, readWhole } from './body.ts';
import { createIdentify, type Identify } from './identify.ts';
import { type Answer, send } from './send.ts';
import { refuseUnknownService } from './unknown-service.ts';

interface EdgeContext extends ApiContext {
  readonly services: readonly ServiceEntry[];
  readonly dataPlanes: DataPlanes;
  /** Slipway's own control interface, under /_slipway/. */
  readonly control: Control;
}

/** Answers what comes in over HTTP. */
export function createEdge(context: EdgeContext): RequestListener {
  const identify = createIdentify(context.services);
  return (request, response) => {
    handle(request, response, identify, context).catch((error: unknown) => {
      context.failed(error, `${request.method} ${request.url?.split('?')[0]}`);
      // The connection is the only signal left.
      response.destroy();
    });
  };
}

/** Of requests without a query; nobody changes it. */
const noQuery = new URLSearchParams();

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  identify: Identify,
  context: EdgeContext,
): Promise<void> {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const head: HttpHead = {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? noQuery : new URLSearchParams(url.slice(mark + 1)),
    headers: request.headers,
    rawHeaders: request.rawHeaders,
  };
  const target = identify(head);
  if (target.kind === 'api') return answerApi(request, response, head, target, context);
  let answer: Answer;
  try {
    answer = await answerOther(request, response, head, target, context);
  } catch (error) {
    if (error instanceof ClientGone) return void response.destroy();
    context.failed(error, `${head.method} ${head.path}`);
    discard(request, response);
    answer = internalError(context.requestId());
  }
  try {
    await send(response, head.method, answer);
  } catch (error) {
    if (response.headersSent) throw error;
    context.failed(error, `${head.method} ${head.path}`);
    await send(response, head.method, internalError(context.requestId()));
  }
}

async function answerOther(
  request: IncomingMessage,
  response: ServerResponse,
  head: HttpHead,
  target: Exclude<ReturnType<Identify>, { readonly kind: 'api' }>,
  context: EdgeContext,
): Promise<Answer> {
  switch (target.kind) {
    case 'control': {
      const refusal = context.control.refuse(head);
      if (refusal) {
        discard(request, response);
        return refusal;
      }
      const body = await readOrRefuse(request, response, controlBodyLimit);
      return Buffer.isBuffer(body) ? context.control.answer({ ...head, body }) : body;
    }
    case 'data-plane':
      return serve(request, response, head, target.service, context);
    case 'foreign-host':
      discard(request, response);
      return json(403, {
        message: `Slipway answers unsigned requests under names that nobody else can register, not under ${target.host}. Use 127.0.0.1, or a name that ends in .localhost.`,
      });
    case 'unknown':
      discard(request, response);
      return refuseUnknownService(head, target.hint, context.requestId());
  }
}

/** Only whoever has the token is read; the check of an app sends all of its templates, of 1 MB each. */
const controlBodyLimit = 64 * 1024 * 1024;
/**
 * API Gateway's own limit, which CloudFront in front of it does not exceed:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const dataPlaneBodyLimit = 10 * 1024 * 1024;

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { method, headers }: HttpHead,
  service: string,
  context: EdgeContext,
): Promise<Answer> {
  const host = headers.host === undefined ? '' : String(headers.host);
  const url = request.url ?? '/';
  const loaded = await context.dataPlanes.find(service, { host, url });
  if (!loaded) {
    discard(request, response);
    return json(403, { message: 'Forbidden' });
  }
  if (!loaded.service.serve) throw new Error(`${service} has no data plane`);
  const body = await readOrRefuse(request, response, dataPlaneBodyLimit);
  if (!Buffer.isBuffer(body)) return body;
  return loaded.service.serve({
    method,
    host,
    url,
    headers,
    body,
    rawHeaders: request.rawHeaders,
    sourceIp: sourceIp(request),
  });
}

class TooLarge extends Error {}

/** @returns the body, or the answer to one that is too large */
async function readOrRefuse(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<Buffer | Answer> {
  try {
    return await readWhole(request, response, limit, () => new TooLarge());
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    discard(request, response);
    return json(413, { message: 'Request Too Long' });
  }
}

const internalError = (requestId: string): Answer => ({
  status: 500,
  headers: { 'content-type': 'application/json', 'x-amzn-requestid': requestId },
  body: JSON.stringify({ message: 'Internal server error' }),
});

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
