/**
 * Lambda authorizers: a function says who calls and what they may, and its answer is kept for a while.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */

import { isObject } from '../../../../core/is-object.ts';
import { compileJavaPattern } from '../../../../core/java-pattern.ts';
import { evaluate, type PolicyDocument, parsePolicy } from '../../../../iam/index.ts';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import { identitySources } from '../authorizer-features.ts';
import { lambdaUri } from '../integration-features.ts';
import type { AuthorizerRecord, MethodRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { mappedValue } from './parameter-mapping.ts';
import { proxyEvent } from './proxy-event.ts';
import { withStageVariables } from './uri.ts';

interface Authorization {
  readonly principalId: string;
  readonly policy: PolicyDocument;
  readonly context: Readonly<Record<string, string>>;
  readonly usageIdentifierKey: string | undefined;
}

/** Tells who calls, or ends the request. */
export type Authorize = (method: MethodRecord, exchange: Exchange) => Promise<void>;

/** Answers that are kept at once; callers choose what they are kept by. */
const mostKept = 10_000;

export function createAuthorize(
  authorizers: readonly AuthorizerRecord[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Authorize {
  const kept = new Map<string, { readonly authorization: Authorization; readonly until: number }>();

  const authorizationOf = async (
    authorizer: AuthorizerRecord,
    exchange: Exchange,
    identity: readonly string[],
  ) => {
    const ttl = authorizer.authorizerResultTtlInSeconds * 1000;
    const key = JSON.stringify([authorizer.id, ...identity]);
    const found = kept.get(key);
    if (ttl > 0 && found && found.until > env.clock.now()) return found.authorization;
    const authorization = await ask(authorizer, exchange, identity, env, roles);
    if (ttl > 0) {
      if (kept.size >= mostKept) kept.clear();
      kept.set(key, { authorization, until: env.clock.now() + ttl });
    }
    return authorization;
  };

  return async (method, exchange) => {
    const authorizer = authorizers.find(({ id }) => id === method.authorizerId);
    if (!authorizer) throw new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null);
    const identity = identityOf(authorizer, exchange, env);
    const started = performance.now();
    const authorization = await authorizationOf(authorizer, exchange, identity);
    exchange.authorizer = {
      ...authorization.context,
      principalId: authorization.principalId,
      integrationLatency: String(Math.round(performance.now() - started)),
    };
    exchange.usageIdentifierKey = authorization.usageIdentifierKey;
    hold(authorization, exchange, env);
  };
}

/** What the caller shows; without all of it nobody is asked. */
function identityOf(
  authorizer: AuthorizerRecord,
  exchange: Exchange,
  env: ServiceEnvironment,
): readonly string[] {
  const values = identitySources(authorizer.identitySource).map((source) => {
    const value = mappedValue(source, exchange, env);
    return typeof value === 'string' ? value : (value?.join(',') ?? '');
  });
  const unauthorized = () => new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
  if (values.some((value) => value === '')) throw unauthorized();
  const expression = authorizer.type === 'TOKEN' ? authorizer.identityValidationExpression : undefined;
  if (expression) {
    const pattern = compileJavaPattern(expression);
    if (!pattern.ok || pattern.matches(values[0] ?? '') !== 'yes') throw unauthorized();
  }
  return values;
}

const methodArn = (exchange: Exchange, env: ServiceEnvironment) =>
  env.arn('execute-api', `${exchange.apiId}/${exchange.stage}/${exchange.request.method}${exchange.path}`);

async function ask(
  authorizer: AuthorizerRecord,
  exchange: Exchange,
  identity: readonly string[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<Authorization> {
  const event =
    authorizer.type === 'TOKEN'
      ? { type: 'TOKEN', methodArn: methodArn(exchange, env), authorizationToken: identity[0] }
      : requestEvent(exchange, env);
  const arn = lambdaUri.exec(withStageVariables(authorizer.authorizerUri, exchange))?.[1] ?? '';
  const source = env.arn('execute-api', `${exchange.apiId}/authorizers/${authorizer.id}`);
  try {
    const invoke = authorizer.authorizerCredentials
      ? await roles.as(authorizer.authorizerCredentials)
      : env.asService('apigateway.amazonaws.com', source);
    const answer = await invoke('lambda', 'Invoke', {
      FunctionName: arn,
      Payload: Buffer.from(JSON.stringify(event)),
    });
    const payload = JSON.parse(Buffer.from(answer.Payload ?? []).toString()) as unknown;
    if (answer.FunctionError === undefined) return readAuthorization(payload);
    // A function that fails with this message says that the caller is not known.
    if (isObject(payload) && payload.errorMessage === 'Unauthorized')
      throw new GatewayFailure('UNAUTHORIZED', 'Unauthorized');
    throw new GatewayFailure('AUTHORIZER_FAILURE', null);
  } catch (error) {
    if (error instanceof GatewayFailure) throw error;
    if (!(error instanceof AwsError) && !(error instanceof SyntaxError)) throw error;
    throw new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null);
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html */
function requestEvent(exchange: Exchange, env: ServiceEnvironment): object {
  const { body: _, isBase64Encoded: __, ...event } = proxyEvent(exchange, [], env) as Record<string, unknown>;
  const maps = ['headers', 'multiValueHeaders', 'queryStringParameters', 'multiValueQueryStringParameters'];
  for (const name of [...maps, 'pathParameters', 'stageVariables']) event[name] ??= {};
  return { type: 'REQUEST', methodArn: methodArn(exchange, env), ...event };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html */
function readAuthorization(answer: unknown): Authorization {
  const wrong = () => new GatewayFailure('AUTHORIZER_CONFIGURATION_ERROR', null);
  if (!isObject(answer)) throw wrong();
  const { principalId, policyDocument, context = {}, usageIdentifierKey } = answer;
  if (typeof principalId !== 'string' || !isObject(policyDocument) || !isObject(context)) throw wrong();
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(context)) {
    // Lists and objects are not allowed.
    if (typeof value === 'object' && value !== null) throw wrong();
    if (value !== null) texts[name] = String(value);
  }
  let policy: PolicyDocument;
  try {
    policy = parsePolicy(JSON.stringify(policyDocument), 'identity');
  } catch {
    throw wrong();
  }
  return {
    principalId,
    policy,
    context: texts,
    usageIdentifierKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
  };
}

function hold({ policy }: Authorization, exchange: Exchange, env: ServiceEnvironment): void {
  const { request } = exchange;
  const decision = evaluate(
    { kind: 'user', arn: env.arn('execute-api', 'authorizer'), accountId: env.accountId },
    {
      action: 'execute-api:Invoke',
      resource: methodArn(exchange, env),
      context: {
        'aws:SourceIp': request.sourceIp,
        'aws:SecureTransport': 'true',
        'aws:CurrentTime': new Date(exchange.receivedAt).toISOString(),
        'aws:EpochTime': String(Math.floor(exchange.receivedAt / 1000)),
      },
    },
    {
      identity: [{ name: 'policy of the authorizer', document: policy }],
      resourceAccountId: env.accountId,
    },
  );
  if (decision.effect === 'deny')
    throw new GatewayFailure(
      'ACCESS_DENIED',
      `User is not authorized to access this resource${decision.kind === 'explicit' ? ' with an explicit deny' : ''}`,
    );
}
