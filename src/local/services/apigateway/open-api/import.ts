/** Makes an API what a document says, by the checks of the operations that would make it one by one. */
import { lookup } from '../../../../core/lookup.ts';
import { readDocument } from '../../../api-gateway/open-api-document.ts';
import {
  type AwsError,
  type ServiceEnvironment,
  throwFirst,
  thrownBy,
  unsupported,
} from '../../../service.ts';
import { apiKeySource, apiProblems, builtInModels, checkedPolicy, checkedSchema } from '../api-features.ts';
import { authorizerOf, authorizerProblems } from '../authorizer-features.ts';
import { findApi, findMethod, type GatewayContext, newId, putMethodRecord } from '../context.ts';
import { badRequest } from '../errors.ts';
import { gatewayResponseOf, gatewayResponseProblems } from '../gateway-response-features.ts';
import {
  checkedIntegrationResponse,
  integrationOf,
  integrationProblems,
  integrationResponseProblems,
} from '../integration-features.ts';
import { methodProblems } from '../method-features.ts';
import { checkParent, checkSibling, pathPartProblems } from '../path-parts.ts';
import type { ResourceRecord } from '../records.ts';
import type { ApiDefinition, MethodDefinition } from './definition.ts';
import { modelPlaceholder } from './models.ts';
import { readOpenApi } from './read.ts';

interface ImportInput {
  readonly body?: unknown;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
}

/** What of an import is refused, whatever there is in the cloud. */
export function* importProblems(
  input: ImportInput,
  env: Pick<ServiceEnvironment, 'hasApi'>,
): Generator<AwsError> {
  for (const [name, value] of Object.entries(input.parameters ?? {})) {
    const basepath = name === 'basepath' && value !== 'ignore';
    if (basepath || !['basepath', 'ignore', 'endpointConfigurationTypes'].includes(name))
      yield unsupported(`the parameter ${name}=${value} of an import`);
  }
  let definition: ApiDefinition | undefined;
  yield* thrownBy(() => {
    definition = readOpenApi(readDocument(input.body));
  });
  if (!definition) return;
  yield* apiProblems({
    ...(definition.apiKeySource ? { apiKeySource: definition.apiKeySource as 'HEADER' } : {}),
    policy: definition.policy,
    minimumCompressionSize: definition.minimumCompressionSize,
  });
  for (const { schema } of definition.models) yield* thrownBy(() => checkedSchema(schema));
  for (const authorizer of definition.authorizers) yield* authorizerProblems(authorizer);
  for (const response of definition.gatewayResponses)
    yield* gatewayResponseProblems({ ...response, restApiId: undefined });
  for (const path of definition.paths)
    for (const pathPart of partsOf(path)) yield* pathPartProblems({ pathPart });
  for (const method of definition.methods) yield* problemsOf(method, env);
}

const partsOf = (path: string) => path.split('/').filter((part) => part !== '');

function* problemsOf(
  { method, authorizer, integration, integrationResponses }: MethodDefinition,
  env: Pick<ServiceEnvironment, 'hasApi'>,
): Generator<AwsError> {
  yield* methodProblems({ ...method, authorizerId: authorizer });
  const at = { restApiId: undefined, resourceId: undefined, httpMethod: method.httpMethod };
  if (integration) yield* integrationProblems({ ...integration, ...at }, env);
  for (const response of integrationResponses) yield* integrationResponseProblems({ ...response, ...at });
}

/** @param mode `merge` keeps what the document does not name */
export function importInto(
  context: GatewayContext,
  apiId: string,
  input: ImportInput,
  mode: 'merge' | 'overwrite',
): void {
  const { env, records } = context;
  throwFirst(importProblems(input, env));
  const definition = readOpenApi(readDocument(input.body));
  env.store.transaction(() => {
    if (mode === 'overwrite') clear(context, apiId);
    putSettings(context, apiId, definition, input.parameters);
    const modelUrl = `https://apigateway.amazonaws.com/restapis/${apiId}/models/`;
    for (const { name = '', description, contentType = '', schema = '{}' } of definition.models)
      records.models.put([apiId, name], {
        id: newId(env, 6),
        name,
        ...(description === undefined ? {} : { description }),
        contentType,
        schema: schema.replaceAll(modelPlaceholder, modelUrl),
      });
    const validators = new Map<string, string>();
    for (const validator of definition.validators) {
      const id = newId(env, 6);
      validators.set(validator.name ?? '', id);
      records.validators.put([apiId, id], {
        id,
        name: validator.name ?? '',
        validateRequestBody: validator.validateRequestBody ?? false,
        validateRequestParameters: validator.validateRequestParameters ?? false,
      });
    }
    const authorizers = new Map<string, string>();
    for (const authorizer of definition.authorizers) {
      const id = newId(env, 6);
      authorizers.set(authorizer.name ?? '', id);
      records.authorizers.put([apiId, id], authorizerOf(id, { ...authorizer, restApiId: apiId }));
    }
    for (const response of definition.gatewayResponses) {
      const record = gatewayResponseOf({ ...response, restApiId: apiId });
      records.gatewayResponses.put([apiId, record.responseType], record);
    }
    const resources = new Map(
      [...records.resources.values({ prefix: apiId })].map((one) => [one.path, one.id]),
    );
    for (const path of definition.paths) resourceAt(context, apiId, path, resources);
    for (const method of definition.methods)
      putMethod(
        context,
        apiId,
        resourceAt(context, apiId, method.path, resources),
        method,
        validators,
        authorizers,
      );
  });
}

function clear({ env, records }: GatewayContext, apiId: string): void {
  const root = records.apis.get(apiId)?.rootResourceId ?? '';
  for (const kind of [
    records.resources,
    records.models,
    records.validators,
    records.authorizers,
    records.gatewayResponses,
  ])
    kind.clear(apiId);
  records.resources.put([apiId, root], { id: root, pathPart: '', path: '/', methods: {} });
  for (const model of builtInModels(env)) records.models.put([apiId, model.name], model);
}

function putSettings(
  context: GatewayContext,
  apiId: string,
  definition: ApiDefinition,
  parameters: ImportInput['parameters'],
): void {
  const api = findApi(context, apiId);
  const types = lookup(parameters ?? {}, 'endpointConfigurationTypes');
  context.records.apis.put(apiId, {
    ...api,
    name: definition.name,
    ...(definition.description === undefined ? {} : { description: definition.description }),
    ...(definition.version === undefined ? {} : { version: definition.version }),
    ...(definition.binaryMediaTypes ? { binaryMediaTypes: definition.binaryMediaTypes } : {}),
    ...(definition.apiKeySource ? { apiKeySource: apiKeySource(definition.apiKeySource) } : {}),
    ...(definition.policy === undefined ? {} : { policy: checkedPolicy(definition.policy) ?? '' }),
    ...(definition.disableExecuteApiEndpoint === undefined
      ? {}
      : { disableExecuteApiEndpoint: definition.disableExecuteApiEndpoint }),
    ...(types === undefined ? {} : { endpointTypes: [types] }),
  });
}

/** The resource of a path; those on the way to it are made. */
function resourceAt(
  context: GatewayContext,
  apiId: string,
  path: string,
  known: Map<string, string>,
): string {
  const { env, records } = context;
  let parent = records.resources.get([apiId, known.get('/') ?? '']) as ResourceRecord;
  for (const pathPart of partsOf(path)) {
    const own = `${parent.path === '/' ? '' : parent.path}/${pathPart}`;
    let id = known.get(own);
    if (id === undefined) {
      checkParent(parent);
      for (const sibling of records.resources.values({ prefix: apiId }))
        if (sibling.parentId === parent.id) checkSibling(pathPart, sibling);
      id = newId(env, 6);
      known.set(own, id);
      records.resources.put([apiId, id], { id, parentId: parent.id, pathPart, path: own, methods: {} });
    }
    parent = records.resources.get([apiId, id]) as ResourceRecord;
  }
  return parent.id;
}

function putMethod(
  context: GatewayContext,
  apiId: string,
  resourceId: string,
  { method, authorizer, validator, responses, integration, integrationResponses }: MethodDefinition,
  validators: ReadonlyMap<string, string>,
  authorizers: ReadonlyMap<string, string>,
): void {
  const httpMethod = method.httpMethod ?? '';
  const at = { restApiId: apiId, resourceId, httpMethod };
  const requestValidatorId = validator === undefined ? undefined : validators.get(validator);
  if (validator !== undefined && requestValidatorId === undefined)
    throw badRequest(`Invalid OpenAPI input: the request validator ${validator} is not defined`);
  putMethodRecord(context, at, {
    ...method,
    httpMethod,
    authorizerId: authorizer === undefined ? undefined : authorizers.get(authorizer),
    requestValidatorId,
    methodResponses: Object.fromEntries(responses.map((one) => [one.statusCode ?? '', one])),
  });
  if (!integration) return;
  const made = integrationOf({ ...integration, ...at });
  const withIntegration = { ...findMethod(context, at), methodIntegration: made };
  putMethodRecord(context, at, {
    ...withIntegration,
    methodIntegration: {
      ...made,
      integrationResponses: Object.fromEntries(
        integrationResponses.map((response) => [
          response.statusCode ?? '',
          checkedIntegrationResponse(withIntegration, { ...response, ...at }),
        ]),
      ),
    },
  });
}
