/** MOCK integrations: the request template says a status, the integration response for it makes the answer. */
import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import { lookup } from '../../../../core/lookup.ts';
import type { DataPlaneResponse, ServiceEnvironment } from '../../../service.ts';
import type { IntegrationRecord } from '../records.ts';
import { contextVariable } from './context-variables.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { parseTemplate, type Rendered, renderTemplate } from './vtl.ts';

export function answerMock(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
): DataPlaneResponse {
  const render = (template: string): Rendered =>
    renderTemplate(parseTemplate(template), {
      params: {
        path: exchange.pathParameters,
        querystring: Object.fromEntries(exchange.query),
        header: exchange.headers,
      },
      context: (path) => contextVariable(path, exchange, env),
      stageVariables: exchange.stageVariables,
    });

  const type = (exchange.headers['content-type'] ?? 'application/json').split(';')[0]?.trim() ?? '';
  const templates = integration.requestTemplates ?? {};
  const template = lookup(templates, type);
  const { passthroughBehavior } = integration;
  const hasTemplates = Object.keys(templates).length > 0;
  if (
    template === undefined &&
    (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates))
  )
    throw new GatewayFailure('UNSUPPORTED_MEDIA_TYPE', 'Unsupported Media Type');
  // AWS reads the template's outcome leniently: { statusCode: 200 } without quotes is what the CDK writes.
  const text = template === undefined ? exchange.request.body.toString() : render(template).text;
  const status = /["']?statusCode["']?\s*:\s*["']?(\d{3})/.exec(text)?.[1];
  exchange.integration = { status: status ?? '', latencyMs: 0 };
  const responses = Object.values(integration.integrationResponses ?? {});
  const response =
    status === undefined
      ? undefined
      : (responses.find(({ selectionPattern }) => selectionPattern && selects(selectionPattern, status)) ??
        responses.find(({ selectionPattern }) => !selectionPattern));
  if (!response) throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');

  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.responseParameters ?? {}))
    headers[name.slice('method.response.header.'.length).toLowerCase()] = value.slice(1, -1);
  const [media, responseTemplate] = Object.entries(response.responseTemplates ?? {})[0] ?? [];
  const rendered = responseTemplate === undefined ? undefined : render(responseTemplate);
  for (const [name, value] of Object.entries(rendered?.headers ?? {})) headers[name.toLowerCase()] = value;
  headers['content-type'] ??= media ?? 'application/json';
  return {
    status: rendered?.status ?? Number(response.statusCode),
    headers,
    body: Buffer.from(rendered?.text ?? ''),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_IntegrationResponse.html#apigw-Type-IntegrationResponse-selectionPattern */
function selects(selectionPattern: string, status: string): boolean {
  const pattern = compileJavaPattern(selectionPattern);
  return pattern.ok && pattern.matches(status) === 'yes';
}
