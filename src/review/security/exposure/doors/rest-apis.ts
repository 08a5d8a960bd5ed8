/** REST APIs: each method with its authorizer, key, resource policy, limits and web ACL. */

import type { Resolved } from '../../../../architecture/app/model.ts';
import {
  evidenceAt,
  flagAt,
  isMap,
  isUnresolved,
  listAt,
  numberAt,
  type Resource,
  show,
  stepsBehind,
  textAt,
} from '../../../../architecture/index.ts';
import type { Guard } from '../../report.ts';
import type { DoorContext, DoorKind } from '../door.ts';
import { webAclsOf } from '../guards.ts';

/** `AuthorizationType` of a method. */
const authorizers: Readonly<Record<string, Guard['kind']>> = {
  AWS_IAM: 'iam',
  CUSTOM: 'authorizer',
  COGNITO_USER_POOLS: 'cognito',
};

const isRead = (method: string) => /^(GET|HEAD|OPTIONS)$/.test(method);

function pathOf(context: DoorContext, api: Resource, resourceId: Resolved | undefined): string {
  const parts: string[] = [];
  let here = typeof resourceId === 'string' ? context.app.named(resourceId) : undefined;
  for (let depth = 0; here !== undefined && here !== api && depth < 30; depth++) {
    const part = textAt(here.properties, 'PathPart');
    parts.unshift(typeof part === 'string' ? part : '{…}');
    const parent = textAt(here.properties, 'ParentId');
    here = typeof parent === 'string' ? context.app.named(parent) : undefined;
  }
  return `/${parts.join('/')}`;
}

function limits(context: DoorContext, api: Resource): Guard[] {
  const stages = context.app
    .ofType('AWS::ApiGateway::Stage', 'AWS::ApiGateway::Deployment')
    .filter(({ uses }) => uses.some(({ to }) => to === api));
  return stages.flatMap((stage) => {
    const settings = [
      ...listAt(stage.properties, 'MethodSettings'),
      ...listAt(stage.properties, 'StageDescription.MethodSettings'),
    ];
    const limited = settings.findIndex((one) => numberAt(one, 'ThrottlingRateLimit') !== undefined);
    const rate: Guard[] =
      limited < 0
        ? []
        : [
            {
              kind: 'rate-limit',
              limits: 'how-much',
              evidence: show(stage, `MethodSettings.${limited}.ThrottlingRateLimit`),
            },
          ];
    return [...rate, ...webAclsOf(context.app, stage)];
  });
}

/** A resource policy that does not let everyone in asks for more: an address, a VPC, a signed request. */
function policyGuards(context: DoorContext, api: Resource): { guards: Guard[]; unknown: boolean } {
  if (context.access.policiesAt(api).length === 0) return { guards: [], unknown: false };
  const arn = `arn:aws:execute-api:${api.inStack.region}:${api.inStack.accountId}:{${api.id}}/any/GET/any`;
  const answer = context.access.mayAnyone('execute-api:Invoke', arn, api);
  // API Gateway takes the short form `execute-api:/*` in policies, which the engine's ARNs do not match.
  const short = context.access.mayAnyone('execute-api:Invoke', 'execute-api:/any/GET/any', api);
  const allowed = [answer.allowed, short.allowed];
  const evidence = evidenceAt(api, 'Policy', 'resource policy');
  if (allowed.includes('yes')) return { guards: [], unknown: false };
  if (allowed.includes('conditions'))
    return { guards: [{ kind: 'condition', limits: 'some', evidence }], unknown: false };
  if (allowed.includes('cannot-tell')) return { guards: [], unknown: true };
  return { guards: [{ kind: 'iam', limits: 'who', evidence }], unknown: false };
}

export const restApis: DoorKind = (context) => {
  const { app } = context;
  for (const api of app.ofType('AWS::ApiGateway::RestApi')) {
    const types = listAt(api.properties, 'EndpointConfiguration.Types');
    if (types.includes('PRIVATE')) continue;
    if (types.some(isUnresolved))
      context.unclear(api, 'EndpointConfiguration.Types', 'it could not be resolved');
    const shared = limits(context, api);
    const policy = policyGuards(context, api);
    const methods = app
      .ofType('AWS::ApiGateway::Method')
      .filter(({ properties }) => app.namedIn(properties.RestApiId).includes(api));
    if (api.properties.Body !== undefined) {
      fromBody(context, api, shared, policy);
    } else if (methods.length === 0 && api.properties.BodyS3Location !== undefined)
      context.unclear(api, 'the routes of the API', 'its definition lies in S3, outside of the template');
    for (const method of methods) {
      const verb = textAt(method.properties, 'HttpMethod');
      const name = typeof verb === 'string' ? verb : 'ANY';
      // Answers of a preflight hold no data and have to be open.
      if (name === 'OPTIONS') continue;
      const type = textAt(method.properties, 'AuthorizationType');
      const kind = typeof type === 'string' ? authorizers[type] : undefined;
      const guards: Guard[] = [...policy.guards];
      if (kind !== undefined)
        guards.push({ kind, limits: 'who', evidence: show(method, 'AuthorizationType') });
      if (flagAt(method.properties, 'ApiKeyRequired') === true)
        guards.push({ kind: 'api-key', limits: 'some', evidence: show(method, 'ApiKeyRequired') });
      const isUnknown = isUnresolved(type) || policy.unknown;
      if (isUnresolved(type)) context.unclear(method, 'AuthorizationType', type.reason);
      context.door({
        kind: 'rest-api',
        resource: api,
        what: `${name} ${pathOf(context, api, method.properties.ResourceId)}`,
        opens: show(method, 'AuthorizationType'),
        guards: [...guards, ...shared],
        writes: !isRead(name),
        unknown: isUnknown,
        next: stepsBehind(app, api, method),
      });
    }
  }
};

/** An OpenAPI document in the template. */
function fromBody(
  context: DoorContext,
  api: Resource,
  shared: readonly Guard[],
  policy: { guards: Guard[]; unknown: boolean },
): void {
  const { Body } = api.properties;
  const paths = isMap(Body) ? Body.paths : undefined;
  if (!isMap(paths)) {
    context.unclear(api, 'Body', 'the OpenAPI document could not be read');
    return;
  }
  const global = isMap(Body) ? listAt(Body, 'security') : [];
  for (const [path, operations] of Object.entries(paths))
    for (const [method, operation] of Object.entries(isMap(operations) ? operations : {})) {
      const isAny = method.toLowerCase() === 'x-amazon-apigateway-any-method';
      if (!isMap(operation) || (!isAny && !/^(get|put|post|delete|patch|head)$/i.test(method))) continue;
      const security = 'security' in operation ? listAt(operation, 'security') : global;
      const names = security.flatMap((one) => (isMap(one) ? Object.keys(one) : []));
      const at = `Body.paths.${path}.${method}`;
      const guards = names.map((name): Guard => {
        const isKey = /api_?key/i.test(name);
        const evidence = evidenceAt(api, `${at}.security`, `security: ${name}`);
        return isKey
          ? { kind: 'api-key', limits: 'some', evidence }
          : { kind: /sigv4|iam/i.test(name) ? 'iam' : 'authorizer', limits: 'who', evidence };
      });
      const verb = isAny ? 'ANY' : method.toUpperCase();
      context.door({
        kind: 'rest-api',
        resource: api,
        what: `${verb} ${path}`,
        opens: evidenceAt(api, at, names.length === 0 ? 'no security' : `security: ${names.join(', ')}`),
        guards: [...policy.guards, ...guards, ...shared],
        writes: !isRead(verb),
        unknown: policy.unknown,
        next: stepsBehind(context.app, api, api, `${at}.`),
      });
    }
}
