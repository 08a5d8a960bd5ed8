/**
 * REST APIs (API Gateway v1): routes from methods and resource paths, throttles from the stage, the integration's own
 * timeout. Caching and usage plans are not modelled; APIs written as an OpenAPI body are refused by name.
 */
import { listAt, type Resource, textAt, valueAt } from '../../../architecture/index.ts';
import type { Sourced, Throttle } from '../simulator/model.ts';
import { addApi, type BuiltRoute } from './api.ts';
import { type Draft, notModelled, quantity, unclear } from './context.ts';
import { gatewayBurst, gatewayRate, restTimeout } from './defaults.ts';
import { callsBehind } from './integration.ts';

export function buildRestApis(draft: Draft): void {
  for (const api of draft.app.ofType('AWS::ApiGateway::RestApi')) {
    if (
      valueAt(api.properties, 'Body') !== undefined ||
      valueAt(api.properties, 'BodyS3Location') !== undefined
    ) {
      notModelled(draft, api, 'its routes are in an OpenAPI body, which is not read');
      continue;
    }
    const methods = draft.app
      .ofType('AWS::ApiGateway::Method')
      .filter(({ properties }) => draft.app.namedIn(properties.RestApiId).includes(api));
    if (methods.length === 0) {
      notModelled(draft, api, 'it has no methods in this app');
      continue;
    }
    const stage = draft.app
      .ofType('AWS::ApiGateway::Stage')
      .find(({ properties }) => draft.app.namedIn(properties.RestApiId).includes(api));
    const built = methods.map((method) => routeOf(draft, api, method, stage));
    addApi(draft, api, built);
    draft.notes.add(
      `${api.name}: the account's limit of 10,000 requests a second is shared by all APIs of the region; here each has it alone.`,
    );
  }
}

function routeOf(draft: Draft, api: Resource, method: Resource, stage: Resource | undefined): BuiltRoute {
  const path = pathOf(draft, method.properties.ResourceId, 0);
  const verb = String(textAt(method.properties, 'HttpMethod') ?? 'ANY');
  const name = `${verb} ${path}`;
  const type = textAt(method.properties, 'Integration.Type');
  const { calls, because } =
    type === 'MOCK' ? { calls: [], because: '' } : callsBehind(draft, method, method, 'Integration.Uri');
  const milliseconds = quantity(draft, method, 'Integration.TimeoutInMillis', undefined);
  const timeout: Sourced =
    milliseconds === undefined ? restTimeout : { ...milliseconds, value: milliseconds.value / 1000 };
  const authorizer = draft.app.namedIn(method.properties.AuthorizerId)[0];
  if (authorizer !== undefined && textAt(authorizer.properties, 'Type') !== 'COGNITO_USER_POOLS')
    draft.notes.add(`${api.name}: the time of its authorizer function is not part of the model.`);
  const throttle = stage && throttleOf(draft, stage, verb, path);
  return { route: { name, calls, ...(throttle === undefined ? {} : { throttle }) }, because, timeout };
}

/** `/jobs/{job_id}` */
function pathOf(draft: Draft, id: Resource['properties'][string] | undefined, depth: number): string {
  const resource = draft.app.namedIn(id).find(({ type }) => type === 'AWS::ApiGateway::Resource');
  if (resource === undefined || depth > 30) return '/';
  const parent = pathOf(draft, resource.properties.ParentId, depth + 1);
  const part = textAt(resource.properties, 'PathPart');
  return `${parent === '/' ? '' : parent}/${typeof part === 'string' ? part : '?'}`;
}

/** The most specific method setting; `~1` stands for a slash in ResourcePath. */
function throttleOf(draft: Draft, stage: Resource, verb: string, path: string): Throttle | undefined {
  const settings = listAt(stage.properties, 'MethodSettings').map((entry, index) => ({
    index,
    verb: textAt(entry, 'HttpMethod'),
    path: String(textAt(entry, 'ResourcePath') ?? '').replace(/~1/g, '/'),
    has: valueAt(entry, 'ThrottlingRateLimit') !== undefined,
  }));
  const fits = settings.filter(
    (entry) =>
      entry.has &&
      (entry.verb === '*' || entry.verb === verb) &&
      (entry.path === '/*' || entry.path === '*' || entry.path.replace(/^\/\//, '/') === path),
  );
  const specific = fits.find((entry) => !entry.path.endsWith('*')) ?? fits[0];
  if (specific === undefined) return undefined;
  const root = `MethodSettings.${specific.index}`;
  const rate = quantity(draft, stage, `${root}.ThrottlingRateLimit`, gatewayRate);
  const burst = quantity(draft, stage, `${root}.ThrottlingBurstLimit`, gatewayBurst);
  if (rate.value <= 0) unclear(draft, stage, root, 'a rate of zero refuses every request');
  return { rate, burst };
}
