/**
 * Lambda authorizers: a function says who may call, simply or by a policy, and its answer is kept for a while.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
import { isObject } from '../../../../core/is-object.ts';
import { evaluate, type PolicyDocument, parsePolicy } from '../../../../iam/index.ts';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import type { ServiceEnvironment } from '../../../service.ts';
import { functionOf } from '../integration-features.ts';
import type { AuthorizerRecord } from '../records.ts';
import { type Exchange, GatewayFailure, internalError } from './exchange.ts';
import { event1, event2 } from './lambda-event.ts';
import { invokeFunction } from './lambda-integration.ts';
import { selected } from './mapping.ts';
import { withStageVariables } from './uri.ts';

interface Verdict {
  readonly policy: PolicyDocument | boolean;
  readonly principalId: string | undefined;
  readonly context: Readonly<Record<string, unknown>>;
}

export type AskAuthorizer = (exchange: Exchange, authorizer: AuthorizerRecord) => Promise<void>;

/** Answers that are kept at once; callers choose what they are kept by. */
const mostKept = 10_000;

export function createAuthorizers(env: ServiceEnvironment, roles: RoleInvokes): AskAuthorizer {
  const kept = new Map<string, { readonly verdict: Verdict; readonly until: number }>();

  return async (exchange, authorizer) => {
    const identity = (authorizer.IdentitySource ?? []).map((one) => selected(one, exchange, env) ?? '');
    // Without all of it nobody is asked.
    if (identity.some((one) => one === '')) throw new GatewayFailure(401, 'Unauthorized', 'UNAUTHORIZED');
    const ttl = (authorizer.AuthorizerResultTtlInSeconds ?? 0) * 1000;
    const key = JSON.stringify([authorizer.AuthorizerId, ...identity]);
    const found = ttl > 0 ? kept.get(key) : undefined;
    let verdict = found && found.until > env.clock.now() ? found.verdict : undefined;
    if (!verdict) {
      verdict = await ask(exchange, authorizer, identity, env, roles);
      if (ttl > 0) {
        if (kept.size >= mostKept) kept.clear();
        kept.set(key, { verdict, until: env.clock.now() + ttl });
      }
    }
    if (!isAllowed(verdict, exchange, env)) throw new GatewayFailure(403, 'Forbidden', 'ACCESS_DENIED');
    exchange.authorization = {
      kind: 'lambda',
      context: verdict.context,
      principalId: verdict.principalId,
    };
  };
}

/** What the caller asks for: `api/stage/GET/pets/6`. */
export const routeArn = ({ apiId, stage, request, path, route }: Exchange, env: ServiceEnvironment): string =>
  env.arn(
    'execute-api',
    `${apiId}/${stage.StageName}/${route?.RouteKey === '$default' ? '$default' : `${request.method}${path}`}`,
  );

async function ask(
  exchange: Exchange,
  authorizer: AuthorizerRecord,
  identity: readonly string[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<Verdict> {
  const arn = functionOf(withStageVariables(authorizer.AuthorizerUri ?? '', exchange)) ?? '';
  const source = env.arn('execute-api', `${exchange.apiId}/authorizers/${authorizer.AuthorizerId}`);
  const event = Buffer.from(JSON.stringify(eventOf(exchange, authorizer, identity, env)));
  const answer = await invokeFunction(arn, event, authorizer.AuthorizerCredentialsArn, source, env, roles);
  const verdict = typeof answer === 'string' ? answer : readVerdict(answer, authorizer);
  if (typeof verdict !== 'string') return verdict;
  exchange.authorizerError = verdict;
  throw internalError('AUTHORIZER_FAILURE');
}

function eventOf(
  exchange: Exchange,
  authorizer: AuthorizerRecord,
  identity: readonly string[],
  env: ServiceEnvironment,
): object {
  if (authorizer.AuthorizerPayloadFormatVersion === '2.0') {
    const { body: _, isBase64Encoded: __, ...event } = event2(exchange, env);
    return {
      ...event,
      type: 'REQUEST',
      routeArn: routeArn(exchange, env),
      identitySource: identity.length > 0 ? identity : null,
    };
  }
  const { body: _, isBase64Encoded: __, ...event } = event1(exchange, env);
  const joined = identity.join(',');
  return {
    ...event,
    type: 'REQUEST',
    methodArn: routeArn(exchange, env),
    identitySource: joined,
    authorizationToken: joined,
  };
}

/** @returns what it says, or why it says nothing */
function readVerdict(payload: Buffer, authorizer: AuthorizerRecord): Verdict | string {
  let answer: unknown;
  try {
    answer = JSON.parse(payload.toString());
  } catch {
    // Said below.
  }
  const wrong = 'The authorizer function returned an invalid response';
  if (!isObject(answer)) return wrong;
  const { isAuthorized, policyDocument, principalId, context } = answer;
  const given = isObject(context) ? context : {};
  if (authorizer.EnableSimpleResponses)
    return typeof isAuthorized === 'boolean'
      ? { policy: isAuthorized, principalId: undefined, context: given }
      : wrong;
  if (!isObject(policyDocument) || typeof principalId !== 'string') return wrong;
  try {
    return { policy: parsePolicy(JSON.stringify(policyDocument), 'identity'), principalId, context: given };
  } catch {
    return wrong;
  }
}

function isAllowed({ policy }: Verdict, exchange: Exchange, env: ServiceEnvironment): boolean {
  if (typeof policy === 'boolean') return policy;
  const decision = evaluate(
    { kind: 'user', arn: env.arn('execute-api', 'authorizer'), accountId: env.accountId },
    {
      action: 'execute-api:Invoke',
      resource: routeArn(exchange, env),
      context: {
        'aws:SourceIp': exchange.request.sourceIp,
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
  return decision.effect === 'allow';
}
