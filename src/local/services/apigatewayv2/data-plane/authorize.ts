/** Who may take a route: everybody, whoever signs, whoever has a token, or whom a function lets. */
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import type { AuthorizerRecord, RouteRecord } from '../records.ts';
import { type Exchange, GatewayFailure, internalError } from './exchange.ts';
import type { JwtChecks } from './jwt.ts';
import { type AskAuthorizer, routeArn } from './lambda-authorizer.ts';
import { selected } from './mapping.ts';

interface AuthorizeParts {
  readonly env: ServiceEnvironment;
  readonly jwt: JwtChecks;
  readonly ask: AskAuthorizer;
}

export async function authorizeRoute(
  exchange: Exchange,
  route: RouteRecord,
  authorizers: readonly AuthorizerRecord[],
  { env, jwt, ask }: AuthorizeParts,
): Promise<void> {
  const type = route.AuthorizationType ?? 'NONE';
  if (type === 'NONE') return;
  if (type === 'AWS_IAM') return bySignature(exchange, env);
  const authorizer = authorizers.find(({ AuthorizerId }) => AuthorizerId === route.AuthorizerId);
  if (!authorizer) throw internalError('AUTHORIZER_CONFIGURATION_ERROR');
  if (type === 'CUSTOM') return ask(exchange, authorizer);
  const token = selected(authorizer.IdentitySource?.[0] ?? '', exchange, env);
  if (!token) throw new GatewayFailure(401, 'Unauthorized', 'UNAUTHORIZED', { 'www-authenticate': 'Bearer' });
  return jwt.check(exchange, authorizer, token, route.AuthorizationScopes ?? []);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html */
function bySignature(exchange: Exchange, env: ServiceEnvironment): void {
  const { request } = exchange;
  try {
    const caller = env.signedBy(request, 'execute-api');
    exchange.authorization = { kind: 'iam', caller };
    env.authorise(caller, { action: 'execute-api:Invoke', resource: routeArn(exchange, env) }, request);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    exchange.authorizerError = error.message;
    throw new GatewayFailure(403, 'Forbidden', 'ACCESS_DENIED');
  }
}
