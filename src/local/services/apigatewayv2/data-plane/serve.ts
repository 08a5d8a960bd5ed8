/**
 * Requests to HTTP APIs, by AWS's host names (`{id}.execute-api.{region}.amazonaws.com`, or under .localhost) and by
 * path (`/_aws/execute-api/{id}/…`), because every client can reach the latter.
 */
import { createRoleInvokes } from '../../../api-gateway/roles.ts';
import { createThrottle } from '../../../api-gateway/throttle.ts';
import { createMetricWriter, type Dimensions } from '../../../compute/functions/metric-writer.ts';
import type { DataPlaneRequest, DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import type { HttpApiRecords } from '../records.ts';
import { createAccessLog } from './access-log.ts';
import { apiIdOf, begin, type Exchange, stageAt } from './exchange.ts';
import { createJwtChecks } from './jwt.ts';
import { createStageServer, type StageServer } from './stage-server.ts';

interface DataPlane {
  serve(request: DataPlaneRequest): Promise<DataPlaneResponse>;
  /** What is served of an API may have changed. */
  changed(apiId: string): void;
  stop(): Promise<void>;
}

/** A request is billed by this. https://aws.amazon.com/api-gateway/pricing/ */
const billedBytes = 512 * 1024;

export function createDataPlane({
  env,
  records,
}: {
  readonly env: ServiceEnvironment;
  readonly records: HttpApiRecords;
}): DataPlane {
  const servers = new Map<string, Map<string, StageServer>>();
  const parts = {
    env,
    throttle: createThrottle(env.clock),
    roles: createRoleInvokes(env),
    jwt: createJwtChecks(env),
  };
  const log = createAccessLog(env);
  const metrics = createMetricWriter(env, 'apigateway.amazonaws.com', 'AWS/ApiGateway');

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
  const count = (exchange: Exchange) => {
    const { apiId: ApiId, stage, status = 500, latencyMs = 0, integration, route } = exchange;
    const Stage = stage.StageName;
    const key = route?.RouteKey ?? '';
    const detailed =
      stage.RouteSettings?.[key]?.DetailedMetricsEnabled ??
      stage.DefaultRouteSettings?.DetailedMetricsEnabled;
    const [Method = '', Resource = ''] = key === '$default' ? [exchange.request.method, key] : key.split(' ');
    const all: readonly Dimensions[] = [
      { ApiId },
      { ApiId, Stage },
      ...(detailed && route ? [{ ApiId, Stage, Method, Resource }] : []),
    ];
    for (const dimensions of all) {
      metrics.add('Count', 'Count', 1, dimensions);
      metrics.add('4xx', 'Count', status >= 400 && status < 500 ? 1 : 0, dimensions);
      metrics.add('5xx', 'Count', status >= 500 ? 1 : 0, dimensions);
      metrics.add('Latency', 'Milliseconds', latencyMs, dimensions);
      if (integration?.latencyMs !== undefined)
        metrics.add('IntegrationLatency', 'Milliseconds', integration.latencyMs, dimensions);
    }
  };

  const serverOf = (exchange: Exchange): StageServer | undefined => {
    const { apiId, stage } = exchange;
    const known = servers.get(apiId) ?? new Map<string, StageServer>();
    servers.set(apiId, known);
    let server = known.get(stage.StageName);
    if (!server) {
      const snapshot = records.snapshots.get([apiId, stage.DeploymentId ?? '']);
      if (!snapshot) return undefined;
      server = createStageServer(stage, snapshot, parts);
      known.set(stage.StageName, server);
    }
    return server;
  };

  const notFound = (requestId: string): DataPlaneResponse => ({
    status: 404,
    headers: { 'content-type': 'application/json', 'apigw-requestid': requestId },
    body: Buffer.from('{"message":"Not Found"}'),
  });

  return {
    changed(apiId) {
      servers.delete(apiId);
    },
    async stop() {
      await Promise.all([log.flush(), metrics.flush()]);
    },
    async serve(request) {
      const { apiId, path } = apiIdOf(request);
      const api = records.apis.get([apiId]);
      const found =
        api && !api.DisableExecuteApiEndpoint
          ? stageAt(path, (name) => records.stages.get([apiId, name]))
          : undefined;
      if (!found) return notFound(env.randomId(15));
      const exchange = begin(request, found, env);
      const server = serverOf(exchange);
      if (!server) return notFound(exchange.extendedRequestId);
      const answer = await server(exchange);
      const length = Buffer.isBuffer(answer.body) ? answer.body.length : 0;
      exchange.status = answer.status;
      exchange.responseLength = length;
      exchange.latencyMs = performance.now() - exchange.started;
      const quantity = Math.max(1, Math.ceil((request.body.length + length) / billedBytes));
      env.meter({ service: 'apigatewayv2', usage: 'http-requests', quantity, resource: apiId });
      env.meter({ service: 'apigatewayv2', usage: 'bytes-out', quantity: length, resource: apiId });
      log.write(exchange);
      count(exchange);
      return {
        ...answer,
        headers: {
          ...answer.headers,
          'apigw-requestid': exchange.extendedRequestId,
          date: new Date(env.clock.now()).toUTCString(),
        },
      };
    },
  };
}
