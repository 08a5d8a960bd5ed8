/**
 * What of an integration is honoured: Lambda proxy and MOCK. Other types, VPC links, content handling and
 * mapping templates beyond the subset in data-plane/vtl.ts are refused by name.
 */

import type {
  IntegrationResponse,
  PutIntegrationRequest,
  PutIntegrationResponseRequest,
} from '@aws-sdk/client-api-gateway';
import { isRoleArn } from '../../../core/arn.ts';
import { unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { parseTemplate } from './data-plane/vtl.ts';
import { badRequest, notFound } from './errors.ts';
import type { IntegrationRecord, MethodRecord } from './records.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export const lambdaUri =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

const longestTimeout = 29_000;

export function checkedIntegration(_: GatewayContext, input: PutIntegrationRequest): IntegrationRecord {
  const { type } = input;
  if (type !== 'AWS_PROXY' && type !== 'MOCK')
    throw unsupported(`integrations of the type ${type}; AWS_PROXY (Lambda) and MOCK are supported`);
  if (input.connectionType && input.connectionType !== 'INTERNET') throw unsupported('VPC links');
  if (input.contentHandling) throw unsupported(`contentHandling ${input.contentHandling} of integrations`);
  if (input.tlsConfig) throw unsupported('tlsConfig of integrations');
  if (input.responseTransferMode === 'STREAM') throw unsupported('response streaming (responseTransferMode)');
  if (input.integrationTarget) throw unsupported('integrationTarget of integrations');
  if (Object.keys(input.requestParameters ?? {}).length > 0)
    throw unsupported(`requestParameters of ${type} integrations`);
  if (type === 'AWS_PROXY') {
    if (!lambdaUri.test(input.uri ?? ''))
      throw unsupported(`AWS_PROXY integrations of anything but Lambda functions (${input.uri})`);
    if (Object.keys(input.requestTemplates ?? {}).length > 0)
      throw unsupported('requestTemplates of AWS_PROXY integrations, which AWS does not apply');
    if (!input.integrationHttpMethod) throw badRequest('Enumeration value for HttpMethod must be non-empty');
    if (input.integrationHttpMethod !== 'POST')
      throw unsupported(`the integration method ${input.integrationHttpMethod}: Lambda is invoked with POST`);
    if (input.credentials && !isRoleArn(input.credentials))
      throw unsupported(`integrations with the caller's credentials (${input.credentials})`);
  }
  for (const template of Object.values(input.requestTemplates ?? {})) refuseOtherTemplates(template);
  const timeout = input.timeoutInMillis ?? longestTimeout;
  if (timeout < 50 || timeout > longestTimeout)
    throw badRequest(`Timeout should be between 50 ms and ${longestTimeout} ms`);
  return {
    type,
    httpMethod: input.integrationHttpMethod,
    uri: input.uri,
    credentials: input.credentials,
    requestTemplates: input.requestTemplates,
    passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
    timeoutInMillis: timeout,
    cacheNamespace: input.cacheNamespace ?? input.resourceId,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
  };
}

function refuseOtherTemplates(template: string): void {
  const parsed = parseTemplate(template);
  if (parsed.kind === 'unsupported')
    throw unsupported(`${parsed.what} in mapping templates: ${JSON.stringify(template.slice(0, 200))}`);
}

export function checkedIntegrationResponse(
  method: MethodRecord,
  input: PutIntegrationResponseRequest,
): IntegrationResponse {
  const status = input.statusCode ?? '';
  const declared = method.methodResponses?.[status];
  if (!declared) throw notFound('Response status code');
  if (input.contentHandling) throw unsupported(`contentHandling ${input.contentHandling} of responses`);
  for (const [name, value] of Object.entries(input.responseParameters ?? {})) {
    if (declared.responseParameters?.[name] === undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`,
      );
    if (!/^'[^']*'$/.test(value))
      throw unsupported(`the response parameter ${name}: ${value}; only 'quoted' texts are supported`);
  }
  for (const template of Object.values(input.responseTemplates ?? {})) refuseOtherTemplates(template);
  return {
    statusCode: status,
    selectionPattern: input.selectionPattern,
    responseParameters: input.responseParameters,
    responseTemplates: input.responseTemplates,
  };
}
