/** HTTP and WebSocket APIs (API Gateway v2): routes, integrations, stage throttles. Open WebSocket connections are not modelled. */
import { type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import type { Sourced, Throttle } from '../simulator/model.ts';
import { addApi, type BuiltRoute } from './api.ts';
import { type Draft, notModelled, quantity } from './context.ts';
import { gatewayBurst, httpTimeout, restTimeout } from './defaults.ts';
import { callsBehind } from './integration.ts';

export function buildHttpApis(draft: Draft): void {
  const { app } = draft;
  for (const api of app.ofType('AWS::ApiGatewayV2::Api')) {
    const of = (type: string) =>
      app.ofType(type).filter(({ properties }) => app.namedIn(properties.ApiId).includes(api));
    const webSocket = textAt(api.properties, 'ProtocolType') === 'WEBSOCKET';
    const stage = of('AWS::ApiGatewayV2::Stage')[0];
    const routes = of('AWS::ApiGatewayV2::Route');
    const quick = valueAt(api.properties, 'Target');
    if (routes.length === 0 && quick === undefined) {
      notModelled(
        draft,
        api,
        valueAt(api.properties, 'Body') === undefined
          ? 'it has no routes in this app'
          : 'its routes are in an OpenAPI body, which is not read',
      );
      continue;
    }
    const limit: Sourced = webSocket ? restTimeout : httpTimeout;
    const built = routes.map((route) => routeOf(draft, route, stage, limit));
    if (quick !== undefined) {
      const { calls, because } = callsBehind(draft, api, api, 'Target');
      built.push({ route: { name: '$default', calls }, because, timeout: limit });
    }
    const defaults = stage && throttle(draft, stage, 'DefaultRouteSettings');
    addApi(draft, api, built, defaults);
    if (webSocket) draft.notes.add(`${api.name}: messages are modelled, open connections are not.`);
  }
}

function routeOf(draft: Draft, route: Resource, stage: Resource | undefined, limit: Sourced): BuiltRoute {
  const name = textAt(route.properties, 'RouteKey');
  const key = typeof name === 'string' ? name : route.logicalId;
  const integration = draft.app
    .namedIn(route.properties.Target)
    .find(({ type }) => type === 'AWS::ApiGatewayV2::Integration');
  if (integration === undefined) return { route: { name: key, calls: [] }, because: '', timeout: limit };
  const isMock = textAt(integration.properties, 'IntegrationType') === 'MOCK';
  const { calls, because } = isMock
    ? { calls: [], because: '' }
    : callsBehind(draft, route, integration, 'IntegrationUri');
  const milliseconds = quantity(draft, integration, 'TimeoutInMillis', undefined);
  const timeout = milliseconds === undefined ? limit : { ...milliseconds, value: milliseconds.value / 1000 };
  const own = stage && throttle(draft, stage, `RouteSettings.${key}`);
  return { route: { name: key, calls, ...(own === undefined ? {} : { throttle: own }) }, because, timeout };
}

function throttle(draft: Draft, stage: Resource, root: string): Throttle | undefined {
  const rate = quantity(draft, stage, `${root}.ThrottlingRateLimit`, undefined);
  if (rate === undefined) return undefined;
  return { rate, burst: quantity(draft, stage, `${root}.ThrottlingBurstLimit`, gatewayBurst) };
}
