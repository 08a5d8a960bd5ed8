/** An API's own policy, decided for callers without a signature. https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html */
import { evaluate, type NamedPolicy, parsePolicy } from '../../../../iam/index.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';

/** The policy as it is written, with the ARNs that it names in short. */
export function policyOf(
  policy: string | undefined,
  apiId: string,
  env: ServiceEnvironment,
): NamedPolicy | undefined {
  if (policy === undefined) return undefined;
  const own = env.arn('execute-api', `${apiId}/`);
  const document = parsePolicy(policy.replaceAll(/"execute-api:\/([^"]*)"/g, `"${own}$1"`), 'resource');
  return { name: 'policy of the API', document };
}

export function createPolicyCheck(
  policy: NamedPolicy | undefined,
  apiId: string,
  env: ServiceEnvironment,
): (exchange: Exchange) => void {
  if (policy === undefined) return () => {};
  const own = env.arn('execute-api', `${apiId}/`);
  return (exchange) => {
    const { request } = exchange;
    const resource = `${own}${exchange.stage}/${request.method}${exchange.path}`;
    const decision = evaluate(
      { kind: 'anonymous', arn: 'anonymous', accountId: 'anonymous' },
      {
        action: 'execute-api:Invoke',
        resource,
        context: {
          'aws:SourceIp': request.sourceIp,
          'aws:SecureTransport': 'true',
          'aws:CurrentTime': new Date(exchange.receivedAt).toISOString(),
          'aws:EpochTime': String(Math.floor(exchange.receivedAt / 1000)),
          ...(exchange.headers['user-agent'] ? { 'aws:UserAgent': exchange.headers['user-agent'] } : {}),
          ...(exchange.headers.referer ? { 'aws:Referer': exchange.headers.referer } : {}),
        },
      },
      {
        identity: [],
        resource: policy,
        resourceAccountId: env.accountId,
      },
    );
    if (decision.effect === 'deny')
      throw new GatewayFailure(
        'ACCESS_DENIED',
        `User: anonymous is not authorized to perform: execute-api:Invoke on resource: ${resource}${decision.kind === 'explicit' ? ' with an explicit deny' : ''}`,
      );
  };
}
