/**
 * The answers the gateway makes itself: their types, defaults and what of them may be changed.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
import type { GatewayResponse, PutGatewayResponseRequest } from '@aws-sdk/client-api-gateway';
import { type AwsError, unsupported } from '../../service.ts';
import type { GatewayContext } from './context.ts';
import { badRequest } from './errors.ts';
import type { GatewayResponseRecord } from './records.ts';

/** Status by type; undefined: whatever the error had. */
export const gatewayStatus = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: undefined,
  DEFAULT_5XX: undefined,
  EXPIRED_TOKEN: 403,
  INTEGRATION_FAILURE: 504,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 403,
  MISSING_AUTHENTICATION_TOKEN: 403,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
} as const satisfies Record<string, number | undefined>;

export type GatewayResponseName = keyof typeof gatewayStatus;
export const gatewayResponseTypes = Object.keys(gatewayStatus) as GatewayResponseName[];
export const defaultTemplate = '{"message":$context.error.messageString}';

/** Where a header's value may come from. */
const valueSource =
  /^(?:'[^']*'|context\.[\w.]+|stageVariables\.\w+|method\.request\.(?:header|path|querystring)\..+)$/;

const isKnownType = (type: string | undefined): type is GatewayResponseName =>
  type !== undefined && Object.hasOwn(gatewayStatus, type);

export function* gatewayResponseProblems(input: PutGatewayResponseRequest): Generator<AwsError> {
  if (!isKnownType(input.responseType)) yield invalidType(input.responseType);
  for (const [name, value] of Object.entries(input.responseParameters ?? {})) {
    if (!/^gatewayresponse\.header\.[\w-]+$/.test(name))
      yield unsupported(`the gateway response parameter ${name}; headers are supported`);
    if (!valueSource.test(value))
      yield unsupported(`the value ${value} of the gateway response parameter ${name}`);
  }
  for (const template of Object.values(input.responseTemplates ?? {}))
    if (/#(?:set|if|foreach|else|end|macro)\b/.test(template))
      yield unsupported('directives in templates of gateway responses: AWS substitutes variables only');
}

const invalidType = (type: string | undefined) => badRequest(`Invalid gateway response type: ${type}`);

export function gatewayResponseOf(input: PutGatewayResponseRequest): GatewayResponseRecord {
  const { responseType } = input;
  if (!isKnownType(responseType)) throw invalidType(responseType);
  return {
    responseType,
    statusCode: input.statusCode,
    responseParameters: input.responseParameters ?? {},
    responseTemplates: input.responseTemplates ?? { 'application/json': defaultTemplate },
    defaultResponse: false,
  };
}

export function shownGatewayResponse(
  { records }: GatewayContext,
  apiId: string,
  type: string,
): GatewayResponse {
  if (!isKnownType(type)) throw invalidType(type);
  const own = records.gatewayResponses.get([apiId, type]);
  if (own) return own as GatewayResponse;
  const status = gatewayStatus[type];
  return {
    responseType: type,
    ...(status === undefined ? {} : { statusCode: String(status) }),
    responseParameters: {},
    responseTemplates: { 'application/json': defaultTemplate },
    defaultResponse: true,
  };
}
