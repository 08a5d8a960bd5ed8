/** HTTP and WebSocket APIs: each route with its authorizer and limits. */
import {
  isUnresolved,
  numberAt,
  type Resource,
  show,
  stepsBehind,
  textAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { known, webAclsOf } from '../guards.ts';

/** `AuthorizationType` of a route. */
const authorizers: Readonly<Record<string, Guard['kind']>> = {
  JWT: 'jwt',
  AWS_IAM: 'iam',
  CUSTOM: 'authorizer',
};

function limits(context: DoorContext, api: Resource): Guard[] {
  return context.app
    .ofType('AWS::ApiGatewayV2::Stage')
    .filter(({ properties }) => context.app.namedIn(properties.ApiId).includes(api))
    .flatMap((stage): Guard[] => {
      const property = 'DefaultRouteSettings.ThrottlingRateLimit';
      const isLimited = known(numberAt(stage.properties, property));
      return [
        ...(isLimited
          ? [{ kind: 'rate-limit', limits: 'how-much', evidence: show(stage, property) } as const]
          : []),
        ...webAclsOf(context.app, stage),
      ];
    });
}

export const httpApis: DoorKind = (context) => {
  const { app } = context;
  for (const api of app.ofType('AWS::ApiGatewayV2::Api')) {
    const isSocket = textAt(api.properties, 'ProtocolType') === 'WEBSOCKET';
    const shared = limits(context, api);
    const routes = app
      .ofType('AWS::ApiGatewayV2::Route')
      .filter(({ properties }) => app.namedIn(properties.ApiId).includes(api));
    const connect = routes.find(({ properties }) => properties.RouteKey === '$connect');
    if (routes.length === 0 && (api.properties.Body ?? api.properties.BodyS3Location) !== undefined)
      context.unclear(api, 'the routes of the API', 'they are in an OpenAPI document that is not read here');
    for (const route of routes) {
      const key = textAt(route.properties, 'RouteKey');
      const name = typeof key === 'string' ? key : 'a route';
      if (name.startsWith('OPTIONS ')) continue;
      // On a WebSocket only connecting is authorized; what comes after is under that authorization.
      const authorized = isSocket ? (connect ?? route) : route;
      const type = textAt(authorized.properties, 'AuthorizationType');
      const kind = typeof type === 'string' ? authorizers[type] : undefined;
      if (isUnresolved(type)) context.unclear(authorized, 'AuthorizationType', type.reason);
      const target = textAt(route.properties, 'Target');
      if (isUnresolved(target)) context.unclear(route, 'Target', target.reason);
      context.door({
        kind: isSocket ? 'websocket-api' : 'http-api',
        resource: api,
        what: name,
        opens: show(authorized, 'AuthorizationType'),
        guards: [
          ...(kind === undefined
            ? []
            : [{ kind, limits: 'who', evidence: show(authorized, 'AuthorizationType') } as const]),
          ...shared,
        ],
        writes: isSocket ? name !== '$disconnect' : !/^(GET|HEAD) /.test(name),
        unknown: isUnresolved(type),
        next: stepsBehind(app, api, route),
      });
    }
    // Quick create: the API itself names its one target.
    if (api.properties.Target !== undefined)
      context.door({
        kind: 'http-api',
        resource: api,
        what: '$default',
        opens: show(api, 'Target'),
        guards: shared,
        writes: true,
        next: stepsBehind(app, api, api),
      });
  }
};
