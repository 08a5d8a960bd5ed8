/**
 * Integrations that are no proxies: the method's request is mapped to the integration's, and the integration's response,
 * chosen by its selection pattern, to the method's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-data-transformations.html
 */
import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import { parseTemplate, renderTemplate, TemplateError } from '../../../velocity/render.ts';
import type { IntegrationRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { isBinary } from './media-types.ts';
import { type Backend, mappedValue, requestTarget, responseTarget } from './parameter-mapping.ts';
import { noOverrides, type Overrides, templateScope } from './template-scope.ts';

/** What the integration is asked. */
export interface IntegrationRequest {
  readonly path: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface MappedAnswer extends Backend {
  /** What selection patterns are held against, where that is not the status: a function's error message. */
  readonly selectBy?: string;
}

export async function answerMapped(
  exchange: Exchange,
  integration: IntegrationRecord,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
  ask: (request: IntegrationRequest) => Promise<MappedAnswer>,
): Promise<DataPlaneResponse> {
  const overrides = noOverrides();
  const request = integrationRequest(exchange, integration, binaryMediaTypes, env, overrides);
  const answer = await ask(request);
  return methodResponse(exchange, integration, answer, env, overrides);
}

function render(
  template: string,
  exchange: Exchange,
  env: ServiceEnvironment,
  payload: string,
  overrides: Overrides,
) {
  try {
    return renderTemplate(parseTemplate(template), templateScope(exchange, env, payload, overrides));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    exchange.integration = {
      ...exchange.integration,
      error: `Execution failed due to configuration error: ${error.message}`,
    };
    throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  }
}

const mediaType = (header: string | undefined) => header?.split(';')[0]?.trim().toLowerCase();

function integrationRequest(
  exchange: Exchange,
  integration: IntegrationRecord,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
  overrides: Overrides,
): IntegrationRequest {
  const mapped = mappedParameters(exchange, integration, env);
  const type = mediaType(exchange.headers['content-type']) ?? 'application/json';
  const binary = isBinary(exchange.headers['content-type'], binaryMediaTypes);
  const sent = converted(exchange.request.body, integration.contentHandling, binary);
  const body = requestBody(exchange, integration, type, sent, env, overrides);
  for (const [name, value] of overrides.path) mapped.path.set(name, value);
  for (const [name, value] of overrides.querystring) mapped.query.set(name, value);
  for (const [name, value] of overrides.requestHeader) mapped.headers[name.toLowerCase()] = value;
  mapped.headers['content-type'] ??= type;
  return { ...mapped, body };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html */
function converted(body: Buffer, handling: string | undefined, binary: boolean): Buffer {
  if (handling === 'CONVERT_TO_TEXT' && binary) return Buffer.from(body.toString('base64'));
  return handling === 'CONVERT_TO_BINARY' && !binary ? Buffer.from(body.toString(), 'base64') : body;
}

/** What `integration.request.…` parameters are given. */
export function mappedParameters(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
) {
  const path = new Map<string, string>();
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const [target, source] of Object.entries(integration.requestParameters ?? {})) {
    const [, kind, name = ''] = requestTarget.exec(target) ?? [];
    const value = mappedValue(source, exchange, env);
    if (value === undefined) continue;
    const values = typeof value === 'string' ? [value] : value;
    if (kind === 'path') path.set(name, values.join(','));
    else if (kind === 'header') headers[name.toLowerCase()] = values.join(', ');
    else for (const one of values) query.append(name, one);
  }
  return { path, query, headers };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html */
function requestBody(
  exchange: Exchange,
  { requestTemplates = {}, passthroughBehavior }: IntegrationRecord,
  type: string,
  sent: Buffer,
  env: ServiceEnvironment,
  overrides: Overrides,
): Buffer {
  const template = lookup(requestTemplates, type) ?? lookup(requestTemplates, '$default');
  if (template !== undefined) return Buffer.from(render(template, exchange, env, sent.toString(), overrides));
  const hasTemplates = Object.keys(requestTemplates).length > 0;
  if (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates))
    throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  return sent;
}

function methodResponse(
  exchange: Exchange,
  integration: IntegrationRecord,
  answer: MappedAnswer,
  env: ServiceEnvironment,
  overrides: Overrides,
): DataPlaneResponse {
  const responses = Object.values(integration.integrationResponses ?? {});
  const text = answer.selectBy ?? String(answer.status);
  const response =
    responses.find(({ selectionPattern }) => selectionPattern && selects(selectionPattern, text)) ??
    responses.find(({ selectionPattern }) => !selectionPattern);
  if (!response) {
    exchange.integration = {
      ...exchange.integration,
      error: `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${answer.status}`,
    };
    throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
  }
  const headers: Record<string, string | string[]> = {};
  for (const [target, source] of Object.entries(response.responseParameters ?? {})) {
    const name = responseTarget.exec(target)?.[1] ?? '';
    const value = mappedValue(source, exchange, env, answer);
    if (value !== undefined) headers[name.toLowerCase()] = typeof value === 'string' ? value : [...value];
  }
  const templates = response.responseTemplates ?? {};
  const type = responseType(templates, exchange.headers.accept);
  const template = type === undefined ? undefined : templates[type];
  // An empty template passes the payload on as no template does.
  const body = template
    ? Buffer.from(render(template, exchange, env, answer.body.toString(), overrides))
    : converted(answer.body, response.contentHandling, false);
  for (const [name, value] of overrides.responseHeader) headers[name.toLowerCase()] = value;
  headers['content-type'] ??= type ?? 'application/json';
  return { status: overrides.status ?? Number(response.statusCode), headers, body };
}

/** The one that the caller accepts, else JSON, else the first. */
function responseType(
  templates: Readonly<Record<string, string>>,
  accept: string | undefined,
): string | undefined {
  const accepted = mediaType(accept?.split(',')[0]);
  const types = Object.keys(templates);
  return (
    types.find((type) => type === accepted) ?? types.find((type) => type === 'application/json') ?? types[0]
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html#apigw-Type-IntegrationResponse-selectionPattern */
function selects(selectionPattern: string, text: string): boolean {
  const pattern = compileJavaPattern(selectionPattern);
  return pattern.ok && pattern.matches(text) === 'yes';
}
