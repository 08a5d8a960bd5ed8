/** Makes an API what a document says. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html#ImportApi */
import { type HttpApiContext, newId } from './context.ts';
import { longestTimeout } from './integration-features.ts';
import { type ApiDefinition, type IntegrationDefinition, readDefinition } from './open-api.ts';
import type { ApiRecord } from './records.ts';
import { readTags } from './tags.ts';

/** The document replaces routes, integrations and authorizers; stages stay. */
export function importInto(context: HttpApiContext, before: ApiRecord, body: string | undefined): ApiRecord {
  const { env, records } = context;
  const definition = readDefinition(body);
  const { ApiId } = before;
  const { Description: _, Version: __, CorsConfiguration: ___, ...kept } = before;
  const api: ApiRecord = {
    ...kept,
    Name: definition.Name,
    ...(definition.Description === undefined ? {} : { Description: definition.Description }),
    ...(definition.Version === undefined ? {} : { Version: definition.Version }),
    ...(definition.CorsConfiguration ? { CorsConfiguration: definition.CorsConfiguration } : {}),
    Tags: readTags({ ...before.Tags, ...definition.Tags }),
  };
  env.store.transaction(() => {
    records.apis.put([ApiId], api);
    for (const parts of [records.routes, records.integrations, records.authorizers]) parts.clear([ApiId]);
    const authorizers = putAuthorizers(context, ApiId, definition);
    const integrations = new Map<string, string>();
    for (const { integration, authorizer, ...route } of definition.routes) {
      const RouteId = newId(env, 7);
      const AuthorizerId = authorizer === undefined ? undefined : authorizers.get(authorizer);
      records.routes.put([ApiId, RouteId], {
        RouteId,
        ApiKeyRequired: false,
        ...route,
        ...(AuthorizerId === undefined ? {} : { AuthorizerId }),
        ...(integration === undefined
          ? {}
          : { Target: `integrations/${putIntegration(context, ApiId, integration, integrations)}` }),
      });
    }
  });
  return api;
}

function putAuthorizers(
  { env, records }: HttpApiContext,
  apiId: string,
  { authorizers }: ApiDefinition,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const [name, authorizer] of authorizers) {
    const AuthorizerId = newId(env, 7);
    ids.set(name, AuthorizerId);
    records.authorizers.put([apiId, AuthorizerId], { ...authorizer, AuthorizerId });
  }
  return ids;
}

/** Routes whose integrations say the same share one. */
function putIntegration(
  { env, records }: HttpApiContext,
  apiId: string,
  integration: IntegrationDefinition,
  known: Map<string, string>,
): string {
  const key = JSON.stringify(integration);
  const found = known.get(key);
  if (found !== undefined) return found;
  const IntegrationId = newId(env, 7);
  known.set(key, IntegrationId);
  records.integrations.put([apiId, IntegrationId], {
    ConnectionType: 'INTERNET',
    TimeoutInMillis: longestTimeout,
    ...integration,
    IntegrationId,
  });
  return IntegrationId;
}
