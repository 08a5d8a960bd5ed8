/**
 * Requests to deployed APIs, by AWS's host names (`{id}.execute-api.{region}.amazonaws.com`, or under .localhost)
 * and by path (`/_aws/execute-api/{id}/{stage}/…`), because every client can reach the latter.
 */

import { createRoleInvokes } from '../../../api-gateway/roles.ts';
import { createThrottle } from '../../../api-gateway/throttle.ts';
import { createMetricWriter, type Dimensions } from '../../../compute/functions/metric-writer.ts';
import type {
  DataPlaneAddress,
  DataPlaneRequest,
  DataPlaneResponse,
  ServiceEnvironment,
} from '../../../service.ts';
import type { GatewayContext } from '../context.ts';
import { createAccessLog } from './access-log.ts';
import { createApiKeys } from './api-keys.ts';
import type { Exchange } from './exchange.ts';
import { createStageServer, type StageServer } from './stage-server.ts';

interface DataPlane {
  serve(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  /** What is served may have changed. */
  changed(): void;
  stop(): Promise<void>;
}

const byPath = '/_aws/execute-api/';

export function createDataPlane({ env, records }: Pick<GatewayContext, 'env' | 'records'>): DataPlane {
  const servers = new Map<string, StageServer | undefined>();
  const throttle = createThrottle(env.clock);
  const keys = createApiKeys({ env, records }, throttle);
  const roles = createRoleInvokes(env);
  const log = createAccessLog(env, roles, () => records.account.get('account')?.cloudwatchRoleArn);

  const metrics = createMetricWriter(env, 'apigateway.amazonaws.com', 'AWS/ApiGateway');

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
  const count = (exchange: Exchange, ApiName: string) => {
    const { status = 500, latencyMs = 0, integration } = exchange;
    const both: readonly Dimensions[] = [{ ApiName }, { ApiName, Stage: exchange.stage }];
    for (const dimensions of both) {
      metrics.add('Count', 'Count', 1, dimensions);
      metrics.add('4XXError', 'Count', status >= 400 && status < 500 ? 1 : 0, dimensions);
      metrics.add('5XXError', 'Count', status >= 500 ? 1 : 0, dimensions);
      metrics.add('Latency', 'Milliseconds', latencyMs, dimensions);
      if (integration?.latencyMs !== undefined)
        metrics.add('IntegrationLatency', 'Milliseconds', integration.latencyMs, dimensions);
    }
  };

  const find = (apiId: string, stageName: string): StageServer | undefined => {
    const key = `${apiId}/${stageName}`;
    if (!servers.has(key)) {
      const stage = records.stages.get([apiId, stageName]);
      const snapshot = stage && records.snapshots.get([apiId, stage.deploymentId]);
      if (!stage || !snapshot) return undefined;
      servers.set(key, createStageServer(stage, snapshot, { env, keys, throttle, roles }));
    }
    return servers.get(key);
  };

  return {
    changed() {
      servers.clear();
      keys.changed();
    },
    async stop() {
      await Promise.all([log.flush(), metrics.flush()]);
    },
    async serve(request) {
      const exchange = begin(request, env);
      const common = {
        'x-amzn-requestid': exchange.requestId,
        'x-amz-apigw-id': exchange.extendedRequestId,
        date: new Date(env.clock.now()).toUTCString(),
      };
      const server = find(exchange.apiId, exchange.stage);
      if (!server || disabled(exchange.apiId))
        return {
          status: 403,
          headers: {
            ...common,
            'x-amzn-errortype': 'ForbiddenException',
            'content-type': 'application/json',
          },
          body: Buffer.from('{"message":"Forbidden"}'),
        };
      const answer = await server.answer(exchange);
      const body = Buffer.isBuffer(answer.body) ? answer.body : Buffer.alloc(0);
      exchange.status = answer.status;
      exchange.responseLength = body.length;
      exchange.latencyMs = performance.now() - exchange.started;
      env.meter({ service: 'apigateway', usage: 'rest-requests', quantity: 1, resource: exchange.apiId });
      env.meter({
        service: 'apigateway',
        usage: 'bytes-out',
        quantity: body.length,
        resource: exchange.apiId,
      });
      log.write(exchange, server.stage);
      count(exchange, server.apiName);
      return {
        ...answer,
        headers: {
          ...common,
          ...(exchange.resource?.path && !exchange.error ? { 'x-amzn-trace-id': exchange.traceId } : {}),
          ...answer.headers,
        },
      };
    },
  };

  function disabled(apiId: string): boolean {
    return records.apis.get(apiId)?.disableExecuteApiEndpoint ?? false;
  }
}

/** Which API a request is for, and the path that it has there. */
export function apiIdOf({ host, url }: DataPlaneAddress): {
  readonly apiId: string;
  readonly fullPath: string;
} {
  const mark = url.indexOf('?');
  const whole = mark < 0 ? url : url.slice(0, mark);
  if (!whole.startsWith(byPath)) return { apiId: host.split('.')[0] ?? '', fullPath: whole };
  const rest = whole.slice(byPath.length);
  const end = rest.indexOf('/');
  return end < 0 ? { apiId: rest, fullPath: '/' } : { apiId: rest.slice(0, end), fullPath: rest.slice(end) };
}

function begin(request: DataPlaneRequest, env: ServiceEnvironment): Exchange {
  const mark = request.url.indexOf('?');
  const query = new URLSearchParams(mark < 0 ? '' : request.url.slice(mark + 1));
  const { apiId, fullPath } = apiIdOf(request);
  const [, stage = '', path = ''] = /^\/([^/]*)(.*)$/s.exec(fullPath) ?? [];
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  const receivedAt = env.clock.now();
  const id = env.randomId(56);
  return {
    request,
    requestId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20, 32)}`,
    extendedRequestId: `${Buffer.from(id.slice(32, 54), 'hex').toString('base64url')}=`,
    traceId:
      headers['x-amzn-trace-id'] ??
      `Root=1-${Math.floor(receivedAt / 1000).toString(16)}-${env.randomId(24)}`,
    apiId,
    stage,
    fullPath,
    path: path === '' ? '/' : path,
    query,
    headers,
    receivedAt,
    started: performance.now(),
    pathParameters: {},
    stageVariables: {},
  };
}
