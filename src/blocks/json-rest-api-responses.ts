/**
 * What the gateway itself says when it refuses a request, and what it writes to its access log.
 *
 * Errors of the gateway carry no CORS headers unless they are asked for here; without them a page sees only
 * "failed to fetch". Template variables:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
import { AccessLogField, ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

/** `$context.error.messageString` brings its own quotes; `validationErrorString` does not. */
const messageOnly = '{"message":$context.error.messageString}';
const withField = '{"message":$context.error.messageString,"error":"$context.error.validationErrorString"}';

export function addGatewayResponses(api: RestApi, allowOrigin: string | undefined): void {
  const responseHeaders = allowOrigin ? { 'Access-Control-Allow-Origin': `'${allowOrigin}'` } : undefined;
  const add = (id: string, type: ResponseType, template: string, statusCode?: string) =>
    api.addGatewayResponse(id, {
      type,
      statusCode,
      responseHeaders,
      templates: { 'application/json': template },
    });
  add('BadBody', ResponseType.BAD_REQUEST_BODY, withField, '400');
  // The gateway's own answer to an unknown path is 403 "Missing Authentication Token", which misleads.
  add('NoRoute', ResponseType.MISSING_AUTHENTICATION_TOKEN, '{"message":"No such path or method."}', '404');
  add('ClientErrors', ResponseType.DEFAULT_4XX, messageOnly);
  add('ServerErrors', ResponseType.DEFAULT_5XX, messageOnly);
}

/** One JSON object a line. Caller's bodies, keys and query strings are not logged. */
export const accessLogFields: Readonly<Record<string, string>> = {
  requestId: AccessLogField.contextRequestId(),
  requestTime: AccessLogField.contextRequestTime(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  httpMethod: AccessLogField.contextHttpMethod(),
  resourcePath: AccessLogField.contextResourcePath(),
  path: AccessLogField.contextPath(),
  status: AccessLogField.contextStatus(),
  responseLength: AccessLogField.contextResponseLength(),
  responseLatency: AccessLogField.contextResponseLatency(),
  integrationLatency: AccessLogField.contextIntegrationLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  errorType: AccessLogField.contextErrorResponseType(),
  error: AccessLogField.contextErrorMessage(),
};
