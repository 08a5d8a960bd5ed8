/** Invokes the function behind a method, as API Gateway or under the integration's role, within its timeout. */
import type { InvocationResponse } from '@aws-sdk/client-lambda';
import type { Clock } from '../../../../core/clock.ts';
import { lookup } from '../../../../core/lookup.ts';
import { AwsError, type DataPlaneResponse, type Invoke, type ServiceEnvironment } from '../../../service.ts';
import { lambdaUri } from '../integration-features.ts';
import type { IntegrationRecord } from '../records.ts';
import type { Exchange } from './exchange.ts';
import { GatewayFailure } from './gateway-answer.ts';
import { proxyAnswer } from './proxy-answer.ts';
import { proxyEvent } from './proxy-event.ts';

/** Lambda's limit for a synchronous event; the gateway itself takes 10 MB. */
const largestEvent = 6 * 1024 * 1024;

export interface RoleInvokes {
  as(roleArn: string): Promise<Invoke>;
}

export async function invokeLambda(
  exchange: Exchange,
  integration: IntegrationRecord,
  binaryMediaTypes: readonly string[],
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<DataPlaneResponse> {
  const payload = Buffer.from(JSON.stringify(proxyEvent(exchange, binaryMediaTypes, env)));
  if (payload.length > largestEvent) throw new GatewayFailure('REQUEST_TOO_LARGE', 'Request Too Long');
  const arn = (lambdaUri.exec(integration.uri ?? '')?.[1] ?? '').replaceAll(
    /\$\{stageVariables\.(\w+)\}/g,
    (_, name: string) => lookup(exchange.stageVariables, name) ?? '',
  );
  const started = performance.now();
  const late = () => {
    exchange.integration = { latencyMs: performance.now() - started, error: 'Execution failed: timed out' };
  };
  const answer = await within(
    call(exchange, integration, arn, payload, env, roles),
    integration,
    env.clock,
    late,
  );
  exchange.integration = { latencyMs: performance.now() - started, status: String(answer.StatusCode ?? 200) };
  const body = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []);
  if (answer.FunctionError !== undefined) {
    exchange.integration.error = `Lambda execution failed with status 200 due to customer function error: ${body.toString().slice(0, 500)}`;
    throw new GatewayFailure('DEFAULT_5XX', 'Internal server error', { status: 502 });
  }
  try {
    return proxyAnswer(body, exchange, binaryMediaTypes);
  } catch (error) {
    if (error instanceof GatewayFailure) exchange.integration.error = String(error.cause);
    throw error;
  }
}

async function call(
  exchange: Exchange,
  integration: IntegrationRecord,
  arn: string,
  payload: Buffer,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<InvocationResponse> {
  const { resource, request } = exchange;
  const source = env.arn(
    'execute-api',
    `${exchange.apiId}/${exchange.stage}/${request.method}${resource?.path}`,
  );
  try {
    const invoke = integration.credentials
      ? await roles.as(integration.credentials)
      : env.asService('apigateway.amazonaws.com', source);
    return await invoke('lambda', 'Invoke', { FunctionName: arn, Payload: payload });
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

/** In real time, like the function it waits for. */
function within<T>(
  work: Promise<T>,
  integration: IntegrationRecord,
  clock: Clock,
  late: () => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.afterReal(integration.timeoutInMillis ?? 29_000, () => {
      late();
      reject(new GatewayFailure('INTEGRATION_TIMEOUT', 'Endpoint request timed out'));
    });
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}
