/**
 * Answers one HTTP request: Slipway's own control interface, a data plane, or an AWS API (./api.ts).
 * Nothing else in the tree authenticates, authorises, counts or injects faults.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError, type DataPlaneResponse } from '../service.ts';
import type { ServiceEntry } from '../services/registry.ts';
import type { HttpHead, WireRequest } from '../wire/rest.ts';
import { type ApiContext, answerApi, sourceIp } from './api.ts';
import { apiBodyLimit, readWhole } from './body.ts';
import { createIdentify, type Identify } from './identify.ts';
import { type Answer, send } from './send.ts';

interface EdgeContext extends ApiContext {
  readonly services: readonly ServiceEntry[];
  /** Slipway's own control interface, under /_slipway/. */
  control(request: WireRequest & { readonly body: Buffer }): Promise<DataPlaneResponse>;
}

/** Answers what comes in over HTTP. */
export function createEdge(context: EdgeContext): RequestListener {
  const identify = createIdentify(context.services);
  return (request, response) => {
    handle(request, response, identify, context).catch((error: unknown) => {
      context.failed(error, `${request.method} ${request.url?.split('?')[0]}`);
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
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
  };
  const target = identify(head);
  switch (target.kind) {
    case 'api':
      return answerApi(request, response, head, target, context);
    case 'control': {
      const body = await readWhole(request, apiBodyLimit);
      return send(response, head.method, await context.control({ ...head, body }));
    }
    case 'data-plane':
      return send(response, head.method, await serve(request, head, target.service, context));
    case 'unknown':
      request.resume();
      return send(
        response,
        head.method,
        json(400, {
          __type: 'UnknownService',
          message: `Slipway does not run what this request is for (${target.hint}).`,
        }),
      );
  }
}

/**
 * API Gateway's own limit, which CloudFront in front of it does not exceed:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
 */
const dataPlaneBodyLimit = 10 * 1024 * 1024;

async function serve(
  request: IncomingMessage,
  { method, headers }: HttpHead,
  service: string,
  context: EdgeContext,
): Promise<Answer> {
  const loaded = await context.load(service);
  if (!loaded.service.serve) throw new Error(`${service} has no data plane`);
  let body: Buffer;
  try {
    body = await readWhole(request, dataPlaneBodyLimit);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return json(413, { message: 'Request Too Long' });
  }
  return loaded.service.serve({
    method,
    host: request.headers.host ?? '',
    url: request.url ?? '/',
    headers,
    body,
    sourceIp: sourceIp(request),
  });
}

const json = (status: number, body: object): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
