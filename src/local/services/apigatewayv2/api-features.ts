/** What of an HTTP API may be set. WebSocket APIs are refused by name. */
import type { Cors, CreateApiRequest } from '@aws-sdk/client-apigatewayv2';
import { type AwsError, unsupported } from '../../service.ts';
import { badRequest } from './errors.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's expression
export const routeSelection = '${request.method} ${request.path}';

export function* apiProblems(input: Partial<CreateApiRequest>): Generator<AwsError> {
  if (input.ProtocolType === 'WEBSOCKET') yield unsupported('WebSocket APIs (ProtocolType WEBSOCKET)');
  else if (input.ProtocolType !== undefined && input.ProtocolType !== 'HTTP')
    yield badRequest(`Invalid protocol specified: ${input.ProtocolType}. Must be one of [HTTP, WEBSOCKET]`);
  const expression = input.RouteSelectionExpression;
  if (expression && expression.replaceAll(/[{}]/g, '') !== routeSelection.replaceAll(/[{}]/g, ''))
    yield badRequest(`Route selection expression must be ${routeSelection} for HTTP APIs`);
  if (input.RouteKey !== undefined && input.Target === undefined)
    yield badRequest('Target must be specified when RouteKey is specified');
  if (input.CorsConfiguration) yield* corsProblems(input.CorsConfiguration);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
function* corsProblems({ AllowCredentials, AllowOrigins = [], MaxAge = 0 }: Cors): Generator<AwsError> {
  if (AllowCredentials && AllowOrigins.includes('*'))
    yield badRequest('allowCredentials is not supported for origin *');
  for (const origin of AllowOrigins)
    if (origin !== '*' && !/^[a-z][a-z0-9+.-]*:\/\/[^/]+$/i.test(origin))
      yield badRequest(`Invalid format for origin ${origin}`);
  if (MaxAge < -1 || MaxAge > 86_400) yield badRequest('maxAge must be between -1 and 86400 seconds');
}
