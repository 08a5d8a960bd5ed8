/**
 * Methods with AWS_IAM: the caller signs for `execute-api`, and is held to its own policies and the API's.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
import type { NamedPolicy } from '../../../../iam/index.ts';
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';

export function authorizeByIam(
  exchange: Exchange,
  resourcePolicy: NamedPolicy | undefined,
  env: ServiceEnvironment,
): void {
  const { request } = exchange;
  const caller = signer(exchange, env);
  const resource = env.arn(
    'execute-api',
    `${exchange.apiId}/${exchange.stage}/${request.method}${exchange.path}`,
  );
  exchange.caller = caller;
  try {
    env.authorise(
      caller,
      { action: 'execute-api:Invoke', resource, ...(resourcePolicy ? { resourcePolicy } : {}) },
      request,
    );
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new GatewayFailure('ACCESS_DENIED', error.message);
  }
}

function signer({ request }: Exchange, env: ServiceEnvironment) {
  try {
    return env.signedBy(request, 'execute-api');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const type =
      error.code === 'MissingAuthenticationTokenException'
        ? 'MISSING_AUTHENTICATION_TOKEN'
        : error.code === 'ExpiredTokenException'
          ? 'EXPIRED_TOKEN'
          : 'INVALID_SIGNATURE';
    throw new GatewayFailure(type, error.message);
  }
}
