/** What of an integration is honoured. VPC links and TLS settings are refused by name. */
import type { CreateIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { isRoleArn } from '../../../core/arn.ts';
import { lookup } from '../../../core/lookup.ts';
import { type AwsError, unsupported } from '../../service.ts';
import { subtypes } from './data-plane/subtypes.ts';
import { badRequest } from './errors.ts';

const lambdaPath =
  /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path\/2015-03-31\/functions\/(.+)\/invocations$/;
const functionArn = /^arn:aws[a-z-]*:lambda:[^:]*:\d{12}:function:.+$/;

/** The function that an integration or authorizer names. */
export const functionOf = (uri: string): string | undefined =>
  lambdaPath.exec(uri)?.[1] ?? (functionArn.test(uri) ? uri : undefined);

export const longestTimeout = 30_000;

/** Given the whole integration, whether it is made or changed. */
export function* integrationProblems(input: Partial<CreateIntegrationRequest>): Generator<AwsError> {
  const { IntegrationType: type, IntegrationSubtype: subtype, IntegrationUri: uri = '' } = input;
  if (input.ConnectionType === 'VPC_LINK' || input.ConnectionId) yield unsupported('VPC links of HTTP APIs');
  if (input.TlsConfig) yield unsupported('TlsConfig of integrations');
  if (input.CredentialsArn && !isRoleArn(input.CredentialsArn))
    yield unsupported(`integrations with the caller's credentials (${input.CredentialsArn})`);
  if (type !== 'AWS_PROXY' && type !== 'HTTP_PROXY')
    yield badRequest(`Integration type ${type} is not supported for HTTP APIs; use AWS_PROXY or HTTP_PROXY`);
  else if (type === 'HTTP_PROXY') {
    if (!/^(?:https?:\/\/|\$\{stageVariables\.)/.test(uri))
      yield badRequest('Invalid HTTP endpoint specified for URI');
    if (!input.IntegrationMethod)
      yield badRequest('HttpMethod must be specified for HTTP_PROXY integrations');
  } else if (subtype !== undefined) yield* subtypeProblems(input, subtype);
  else {
    if (functionOf(uri.replaceAll(/\$\{stageVariables\.\w+\}/g, 'x')) === undefined)
      yield badRequest(`Invalid function ARN specified for integrationUri: ${uri}`);
    if (input.PayloadFormatVersion !== '1.0' && input.PayloadFormatVersion !== '2.0')
      yield badRequest(
        'PayloadFormatVersion is a required parameter for integration type AWS_PROXY: 1.0 or 2.0',
      );
  }
  if (subtype === undefined)
    for (const name of Object.keys(input.RequestParameters ?? {}))
      if (!/^(?:(?:append|overwrite|remove):(?:header|querystring)\..+|overwrite:path)$/.test(name))
        yield badRequest(`Invalid mapping expression specified: ${name}`);
      else if (reserved.test(name))
        yield badRequest(`Operations on header ${name.split('.')[1]} are restricted`);
  for (const [status, mappings] of Object.entries(input.ResponseParameters ?? {})) {
    if (!/^[2-5]\d\d$/.test(status)) yield badRequest(`Invalid status code ${status} in ResponseParameters`);
    for (const name of Object.keys(mappings))
      if (!/^(?:(?:append|overwrite|remove):header\..+|overwrite:statuscode)$/.test(name))
        yield badRequest(`Invalid mapping expression specified: ${name}`);
      else if (reserved.test(name))
        yield badRequest(`Operations on header ${name.split('.')[1]} are restricted`);
  }
  const timeout = input.TimeoutInMillis ?? longestTimeout;
  if (timeout < 50 || timeout > longestTimeout)
    yield badRequest(`Timeout should be between 50 ms and ${longestTimeout} ms`);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html#http-api-mapping-reserved-headers */
const reserved =
  /:header\.(?:access-control-.*|apigw-.*|authorization|connection|content-encoding|content-length|content-location|forwarded|keep-alive|origin|proxy-authenticate|proxy-authorization|te|trailers|transfer-encoding|upgrade|x-amz-.*|x-amzn-.*|x-forwarded-for|x-forwarded-host|x-forwarded-proto|via)$/i;

function* subtypeProblems(input: Partial<CreateIntegrationRequest>, name: string): Generator<AwsError> {
  const subtype = lookup(subtypes, name);
  if (!subtype) return yield unsupported(`the integration subtype ${name}`);
  if (!input.CredentialsArn) yield badRequest(`Credentials are required for integration subtype ${name}`);
  if (input.PayloadFormatVersion !== undefined && input.PayloadFormatVersion !== '1.0')
    yield badRequest(`PayloadFormatVersion must be 1.0 for integration subtype ${name}`);
  const given = Object.keys(input.RequestParameters ?? {});
  for (const one of subtype.required)
    if (!given.includes(one))
      yield badRequest(`Parameter: ${one} is required for integration subtype: ${name}`);
  for (const one of given)
    if (!subtype.required.includes(one) && !subtype.optional.includes(one) && one !== 'Region')
      yield badRequest(`Parameter: ${one} does not fit schema for integration subtype: ${name}`);
}
