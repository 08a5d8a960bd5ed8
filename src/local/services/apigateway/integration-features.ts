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
import { lookup } from '../../../core/lookup.ts';
import { type AwsError, unsupported } from '../../service.ts';
import { parseTemplate } from './data-plane/vtl.ts';
import { badRequest, notFound } from './errors.ts';
import type { IntegrationRecord, MethodRecord } from './records.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export const lambdaUri =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

const longestTimeout = 29_000;

export function* integrationProblems(input: PutIntegrationRequest): Generator<AwsError> {
  const { type } = input;
  if (!isSupported(type)) yield otherType(type);
  if (input.connectionType && input.connectionType !== 'INTERNET') yield unsupported('VPC links');
  if (input.contentHandling) yield unsupported(`contentHandling ${input.contentHandling} of integrations`);
  if (input.tlsConfig) yield unsupported('tlsConfig of integrations');
  if (input.responseTransferMode === 'STREAM') yield unsupported('response streaming (responseTransferMode)');
  if (input.integrationTarget) yield unsupported('integrationTarget of integrations');
  if (Object.keys(input.requestParameters ?? {}).length > 0)
    yield unsupported(`requestParameters of ${type} integrations`);
  if (type === 'AWS_PROXY') {
    if (!lambdaUri.test(input.uri ?? ''))
      yield unsupported(`AWS_PROXY integrations of anything but Lambda functions (${input.uri})`);
    if (Object.keys(input.requestTemplates ?? {}).length > 0)
      yield unsupported('requestTemplates of AWS_PROXY integrations, which AWS does not apply');
    if (!input.integrationHttpMethod) yield badRequest('Enumeration value for HttpMethod must be non-empty');
    else if (input.integrationHttpMethod !== 'POST')
      yield unsupported(`the integration method ${input.integrationHttpMethod}: Lambda is invoked with POST`);
    if (input.credentials && !isRoleArn(input.credentials))
      yield unsupported(`integrations with the caller's credentials (${input.credentials})`);
  }
  yield* templateProblems(input.requestTemplates);
  const timeout = input.timeoutInMillis ?? longestTimeout;
  if (timeout < 50 || timeout > longestTimeout)
    yield badRequest(`Timeout should be between 50 ms and ${longestTimeout} ms`);
}

const isSupported = (type: PutIntegrationRequest['type']): type is IntegrationRecord['type'] =>
  type === 'AWS_PROXY' || type === 'MOCK';

const otherType = (type: string | undefined) =>
  unsupported(`integrations of the type ${type}; AWS_PROXY (Lambda) and MOCK are supported`);

export function integrationOf(input: PutIntegrationRequest): IntegrationRecord {
  const { type } = input;
  if (!isSupported(type)) throw otherType(type);
  return {
    type,
    httpMethod: input.integrationHttpMethod,
    uri: input.uri,
    credentials: input.credentials,
    requestTemplates: input.requestTemplates,
    passthroughBehavior: input.passthroughBehavior ?? 'WHEN_NO_MATCH',
    timeoutInMillis: input.timeoutInMillis ?? longestTimeout,
    cacheNamespace: input.cacheNamespace ?? input.resourceId,
    cacheKeyParameters: input.cacheKeyParameters ?? [],
  };
}

function* templateProblems(templates: Readonly<Record<string, string>> | undefined): Generator<AwsError> {
  for (const template of Object.values(templates ?? {})) {
    const parsed = parseTemplate(template);
    if (parsed.kind === 'unsupported')
      yield unsupported(`${parsed.what} in mapping templates: ${JSON.stringify(template.slice(0, 200))}`);
  }
}

export function* integrationResponseProblems(input: PutIntegrationResponseRequest): Generator<AwsError> {
  if (input.contentHandling) yield unsupported(`contentHandling ${input.contentHandling} of responses`);
  for (const [name, value] of Object.entries(input.responseParameters ?? {}))
    if (!/^'[^']*'$/.test(value))
      yield unsupported(`the response parameter ${name}: ${value}; only 'quoted' texts are supported`);
  yield* templateProblems(input.responseTemplates);
}

export function checkedIntegrationResponse(
  method: MethodRecord,
  input: PutIntegrationResponseRequest,
): IntegrationResponse {
  const status = input.statusCode ?? '';
  const declared = lookup(method.methodResponses, status);
  if (!declared) throw notFound('Response status code');
  for (const name of Object.keys(input.responseParameters ?? {}))
    if (lookup(declared.responseParameters, name) === undefined)
      throw badRequest(
        `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression parameter specified: ${name}]`,
      );
  return {
    statusCode: status,
    selectionPattern: input.selectionPattern,
    responseParameters: input.responseParameters,
    responseTemplates: input.responseTemplates,
  };
}
