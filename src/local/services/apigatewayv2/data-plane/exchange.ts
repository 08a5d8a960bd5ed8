/** One request on its way through an HTTP API: what is known of it so far, for events, mappings and logs. */
import type { Caller } from '../../../../iam/index.ts';
import { decoded } from '../../../payload-2.ts';
import type { DataPlaneAddress, DataPlaneRequest, ServiceEnvironment } from '../../../service.ts';
import type { RouteRecord, StageRecord } from '../records.ts';

export interface Exchange {
  readonly request: DataPlaneRequest;
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly traceId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly stage: StageRecord;
  /** Decoded, with the stage's name, as functions see it. */
  readonly fullPath: string;
  /** Decoded, without the stage's name: what routes are held against. */
  readonly path: string;
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  /** By lower-case name; several values of one name are joined with commas. */
  readonly headers: Readonly<Record<string, string>>;
  /** ms since the epoch, simulated */
  readonly receivedAt: number;
  /** ms on the monotonic clock */
  readonly started: number;
  route?: RouteRecord;
  pathParameters: Readonly<Record<string, string>>;
  authorization?: Authorization;
  error?: { readonly message: string; readonly type: string };
  authorizerError?: string;
  integration?: { status?: number; latencyMs?: number; error?: string };
  /** Of the answer, for the log. */
  status?: number;
  responseLength?: number;
  latencyMs?: number;
}

export type Authorization =
  | { readonly kind: 'iam'; readonly caller: Caller }
  | {
      readonly kind: 'jwt';
      readonly claims: Readonly<Record<string, string>>;
      readonly scopes: readonly string[] | null;
    }
  | {
      readonly kind: 'lambda';
      readonly context: Readonly<Record<string, unknown>>;
      readonly principalId: string | undefined;
    };

/** Ends a request with an answer of the gateway's own. */
export class GatewayFailure extends Error {
  readonly status: number;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, type: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.type = type;
    this.headers = headers;
  }
}

export const internalError = (type = 'INTEGRATION_FAILURE') =>
  new GatewayFailure(500, 'Internal Server Error', type);

const byPath = '/_aws/execute-api/';

/** Which API a request is for, and what it asks of it. */
export function apiIdOf({ host, url }: DataPlaneAddress): {
  readonly apiId: string;
  readonly path: string;
  readonly query: string;
} {
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark + 1);
  if (!whole.startsWith(byPath)) return { apiId: host.split('.')[0] ?? '', path: whole || '/', query };
  const [, apiId = '', path = ''] = /^([^/]*)(.*)$/s.exec(whole.slice(byPath.length)) ?? [];
  return { apiId, path: path || '/', query };
}

/** A stage by the first part of the path, else `$default`. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html */
export function stageAt(
  path: string,
  stageOf: (name: string) => StageRecord | undefined,
): { readonly stage: StageRecord; readonly path: string } | undefined {
  const [, name = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(path) ?? [];
  const named = name === '' || name === '$default' ? undefined : stageOf(name);
  if (named) return { stage: named, path: rest || '/' };
  const stage = stageOf('$default');
  return stage && { stage, path };
}

/** AWS decodes paths before anything looks at them. */
export function begin(
  request: DataPlaneRequest,
  found: { readonly stage: StageRecord; readonly path: string },
  env: ServiceEnvironment,
): Exchange {
  const { apiId, path, query } = apiIdOf(request);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(',') : value;
  const receivedAt = env.clock.now();
  return {
    request,
    requestId: env.uuid(),
    extendedRequestId: `${Buffer.from(env.randomId(22), 'hex').toString('base64url')}=`,
    traceId:
      headers['x-amzn-trace-id'] ??
      `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${env.randomId(24)}`,
    apiId,
    domainName: `${apiId}.execute-api.${env.region}.amazonaws.com`,
    stage: found.stage,
    fullPath: decoded(path),
    path: decoded(found.path),
    rawQuery: query,
    query: new URLSearchParams(query),
    headers,
    receivedAt,
    started: performance.now(),
    pathParameters: {},
  };
}
