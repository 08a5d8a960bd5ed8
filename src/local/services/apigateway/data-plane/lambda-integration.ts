/** Invokes the function behind a method, as API Gateway or under the integration's role, within its timeout. */
import type { InvocationResponse, InvocationType } from '@aws-sdk/client-lambda';
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { AwsError, type DataPlaneResponse, type ServiceEnvironment } from '../../../service.ts';
import { lambdaUri } from '../integration-features.ts';
import type { IntegrationRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import type { IntegrationRequest, MappedAnswer } from './mapped-integration.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';
import { timed } from './timed.ts';
import { withStageVariables } from './uri.ts';

/** Lambda's limit for a synchronous event; the gateway itself takes 10 MB. */
const largestEvent = 6 * 1024 * 1024;

export async function invokeLambda(
  exchange: Exchange,
  integration: IntegrationRecord,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<DataPlaneResponse> {
  const payload = Buffer.from(JSON.stringify(proxyEvent(exchange, binaryMediaTypes, env)));
  const { answer } = await timed(
    exchange,
    integration,
    env,
    call(exchange, integration, { Payload: payload }, env, roles),
  );
  const body = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []);
  if (answer.FunctionError !== undefined) {
    noteError(
      exchange,
      `Lambda execution failed with status 200 due to customer function error: ${body.toString().slice(0, 500)}`,
    );
    throw new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 502 });
  }
  try {
    return proxyAnswer(body, exchange, binaryMediaTypes);
  } catch (error) {
    if (error instanceof GatewayFailure) noteError(exchange, String(error.cause));
    throw error;
  }
}

const noteError = (exchange: Exchange, error: string) => {
  exchange.integration = { ...exchange.integration, error };
};

/**
 * Lambda without its proxy: the mapped body is the event. Selection patterns are held against the error's message.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html
 */
export async function askLambda(
  exchange: Exchange,
  integration: IntegrationRecord,
  { body, headers }: IntegrationRequest,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<MappedAnswer> {
  const type = headers['x-amz-invocation-type'];
  const { answer, status } = await call(
    exchange,
    integration,
    {
      Payload: body.length > 0 ? body : Buffer.from('{}'),
      ...(type === undefined ? {} : { InvocationType: type as InvocationType }),
    },
    env,
    roles,
  );
  const payload = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []);
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: payload,
    selectBy: answer.FunctionError === undefined ? '' : errorMessage(payload),
  };
}

function errorMessage(payload: Buffer): string {
  try {
    const { errorMessage: message } = JSON.parse(payload.toString()) as { errorMessage?: unknown };
    return typeof message === 'string' ? message : payload.toString();
  } catch {
    return payload.toString();
  }
}

async function call(
  exchange: Exchange,
  integration: IntegrationRecord,
  input: { readonly Payload: Buffer; readonly InvocationType?: InvocationType },
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<{ readonly answer: InvocationResponse; readonly status: number }> {
  if (input.Payload.length > largestEvent) throw new GatewayFailure('REQUEST_TOO_LARGE', 'Request Too Long');
  const { resource, request } = exchange;
  const arn = lambdaUri.exec(withStageVariables(integration.uri ?? '', exchange))?.[1] ?? '';
  const source = env.arn(
    'execute-api',
    `${exchange.apiId}/${exchange.stage}/${request.method}${resource?.path}`,
  );
  try {
    const invoke = integration.credentials
      ? await roles.as(integration.credentials)
      : env.asService('apigateway.amazonaws.com', source);
    const answer = await invoke('lambda', 'Invoke', { FunctionName: arn, ...input });
    return { answer, status: answer.StatusCode ?? 200 };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    exchange.integration = { status: String(error.status), error: `${error.code}: ${error.message}` };
    // A missing permission or function is a configuration error; throttling and the rest are failures: 500 both.
    const configuration = ['AccessDenied', 'AccessDeniedException', 'ResourceNotFoundException'];
    if (configuration.includes(error.code))
      throw new GatewayFailure('API_CONFIGURATION_ERROR', 'Internal server error');
    throw new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 500 });
  }
}
