/** What of a route may be set. API keys, models and request parameters are those of WebSocket APIs. */
import type { CreateRouteRequest } from '@aws-sdk/client-apigatewayv2';
import type { AwsError } from '../../service.ts';
import type { HttpApiContext } from './context.ts';
import { badRequest, conflict } from './errors.ts';
import type { RouteRecord } from './records.ts';

const key = /^(?:\$default|(?:ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) (?<path>\/\S*))$/;

export function* routeProblems(input: Partial<CreateRouteRequest>): Generator<AwsError> {
  const { RouteKey, AuthorizationType = 'NONE', AuthorizerId, AuthorizationScopes } = input;
  if (RouteKey !== undefined) {
    const found = key.exec(RouteKey);
    if (!found)
      yield badRequest(
        `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`,
      );
    else yield* pathProblems(found.groups?.path ?? '/');
  }
  if (!['NONE', 'AWS_IAM', 'JWT', 'CUSTOM'].includes(AuthorizationType))
    yield badRequest(`Invalid authorization type: ${AuthorizationType}`);
  if ((AuthorizationType === 'JWT' || AuthorizationType === 'CUSTOM') && !AuthorizerId)
    yield badRequest(`AuthorizerId must be specified when AuthorizationType is ${AuthorizationType}`);
  if (AuthorizationScopes?.length && AuthorizationType !== 'JWT')
    yield badRequest('AuthorizationScopes are supported with AuthorizationType JWT only');
  if (input.ApiKeyRequired) yield badRequest('ApiKeyRequired is not currently supported for HTTP APIs');
}

function* pathProblems(path: string): Generator<AwsError> {
  const segments = path.split('/').slice(1);
  for (const [i, segment] of segments.entries()) {
    const greedy = /^\{[^{}]+\+\}$/.test(segment);
    if (greedy && i < segments.length - 1)
      yield badRequest(`Greedy path variables must be at the end of the path: ${path}`);
    if (!greedy && !/^(?:\{[\w.:-]+\}|[^{}]*)$/.test(segment))
      yield badRequest(`Invalid resource path: ${path}`);
  }
}

/** What a route names is there, and nobody else has its key. */
export function checkRoute({ records }: HttpApiContext, apiId: string, route: RouteRecord): void {
  for (const other of records.routes.values({ prefix: apiId }))
    if (other.RouteId !== route.RouteId && other.RouteKey === route.RouteKey)
      throw conflict(`Route with key ${route.RouteKey} already exists for this API`);
  const target = integrationOf(route);
  if (route.Target !== undefined && (target === undefined || !records.integrations.has([apiId, target])))
    throw badRequest(`Invalid integration specified for target: ${route.Target}`);
  if (route.AuthorizerId === undefined) return;
  const authorizer = records.authorizers.get([apiId, route.AuthorizerId]);
  const wanted = route.AuthorizationType === 'JWT' ? 'JWT' : 'REQUEST';
  if (authorizer?.AuthorizerType !== wanted)
    throw badRequest(
      `Invalid authorizer ID specified. Setting the authorization type to ${route.AuthorizationType} requires a valid authorizer.`,
    );
}

/** `integrations/abc` → `abc` */
export const integrationOf = ({ Target }: Pick<RouteRecord, 'Target'>): string | undefined =>
  /^integrations\/(.+)$/.exec(Target ?? '')?.[1];
