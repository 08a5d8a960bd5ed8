/** What of an integration is honoured. VPC links, streamed responses and a few settings are refused by name. */
import type {
  IntegrationResponse,
  PutIntegrationRequest,
  PutIntegrationResponseRequest,
} from '@aws-sdk/client-api-gateway';
import { isRoleArn } from '../../../core/arn.ts';
import { lookup } from '../../../core/lookup.ts';
import { type AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';
import { parseTemplate } from '../../velocity/render.ts';
import { isRequestMapping, isResponseMapping } from './data-plane/parameter-mapping.ts';
import { badRequest, notFound } from './errors.ts';
import type { IntegrationRecord, MethodRecord } from './records.ts';

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html */
export const lambdaUri =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;

/** `arn:aws:apigateway:us-east-1:sqs:path/…`, `…:dynamodb:action/PutItem`, `…:bucket.s3:path/{key}` */
export const awsUri =
  /^arn:aws[a-z-]*:apigateway:(?<region>[a-z0-9-]+):(?:(?<subdomain>[^:]+)\.)?(?<api>[a-z0-9-]+):(?<how>action|path)\/(?<rest>.*)$/;

const longestTimeout = 29_000;

export function* integrationProblems(
  input: PutIntegrationRequest,
  env: Pick<ServiceEnvironment, 'hasApi'>,
): Generator<AwsError> {
  const { type, uri = '' } = input;
  if (input.connectionType && input.connectionType !== 'INTERNET') yield unsupported('VPC links');
  if (input.contentHandling && type === 'AWS_PROXY' && input.contentHandling !== 'CONVERT_TO_TEXT')
    yield unsupported(`contentHandling ${input.contentHandling} of AWS_PROXY integrations`);
  if (input.tlsConfig) yield unsupported('tlsConfig of integrations');
  if (input.responseTransferMode === 'STREAM') yield unsupported('response streaming (responseTransferMode)');
  if (input.integrationTarget) yield unsupported('integrationTarget of integrations');
  if (input.credentials && !isRoleArn(input.credentials))
    yield unsupported(`integrations with the caller's credentials (${input.credentials})`);
  if (type !== 'MOCK' && !input.integrationHttpMethod)
    yield badRequest('Enumeration value for HttpMethod must be non-empty');
  if (type === 'AWS_PROXY') yield* proxyProblems(input);
  if (type === 'AWS') yield* awsProblems(input, env);
  if ((type === 'HTTP' || type === 'HTTP_PROXY') && !/^(?:https?:\/\/|\$\{stageVariables\.)/.test(uri))
    yield badRequest('Invalid HTTP endpoint specified for URI');
  for (const [target, source] of Object.entries(input.requestParameters ?? {}))
    if (!isRequestMapping(target, source))
      yield invalidMapping(isRequestMapping(target, "''") ? source : target);
  yield* templateProblems(input.requestTemplates);
  const timeout = input.timeoutInMillis ?? longestTimeout;
  if (timeout < 50 || timeout > longestTimeout)
    yield badRequest(`Timeout should be between 50 ms and ${longestTimeout} ms`);
}

const invalidMapping = (expression: string) =>
  badRequest(
    `Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: ${expression}]`,
  );

function* proxyProblems({
  uri,
  requestTemplates,
  requestParameters,
  integrationHttpMethod,
}: PutIntegrationRequest) {
  if (!lambdaUri.test(uri ?? ''))
    yield unsupported(`AWS_PROXY integrations of anything but Lambda functions (${uri})`);
  if (Object.keys(requestTemplates ?? {}).length > 0)
    yield unsupported('requestTemplates of AWS_PROXY integrations, which AWS does not apply');
  // A function's proxy is given the request as it is; mappings serve as keys of a cache.
  for (const name of Object.keys(requestParameters ?? {}))
    if (/x-amz-invocation-type/i.test(name)) yield unsupported(`${name} of AWS_PROXY integrations`);
  if (integrationHttpMethod && integrationHttpMethod !== 'POST')
    yield unsupported(`the integration method ${integrationHttpMethod}: Lambda is invoked with POST`);
}

function* awsProblems(
  { uri = '', credentials, integrationHttpMethod }: PutIntegrationRequest,
  env: Pick<ServiceEnvironment, 'hasApi'>,
): Generator<AwsError> {
  if (lambdaUri.test(uri)) {
    if (integrationHttpMethod && integrationHttpMethod !== 'POST')
      yield unsupported(`the integration method ${integrationHttpMethod}: Lambda is invoked with POST`);
    return;
  }
  const { api } = awsUri.exec(uri)?.groups ?? {};
  if (api === undefined) yield badRequest('Invalid ARN specified in the request');
  else if (!env.hasApi(api)) yield unsupported(`AWS integrations with the service ${api}`);
  if (!credentials) yield badRequest('Role ARN must be specified for AWS integrations');
}

export function integrationOf(input: PutIntegrationRequest): IntegrationRecord {
  return {
    type: input.type,
    httpMethod: input.integrationHttpMethod,
    uri: input.uri,
    credentials: input.credentials,
    requestTemplates: input.requestTemplates,
    requestParameters: input.requestParameters,
    contentHandling: input.contentHandling,
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
  for (const [target, source] of Object.entries(input.responseParameters ?? {}))
    if (!isResponseMapping(target, source))
      yield invalidMapping(isResponseMapping(target, "''") ? source : target);
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
    contentHandling: input.contentHandling,
  };
}
