/** Invokes the function behind a route, as API Gateway or under the integration's role. */
import type { RoleInvokes } from '../../../api-gateway/roles.ts';
import { readAnswer, readHead } from '../../../payload-2.ts';
import { AwsError, type ServiceEnvironment } from '../../../service.ts';
import { functionOf } from '../integration-features.ts';
import type { IntegrationRecord } from '../records.ts';
import { type Exchange, GatewayFailure, internalError } from './exchange.ts';
import { event1, event2 } from './lambda-event.ts';
import type { MappedAnswer } from './mapping.ts';
import { withStageVariables } from './uri.ts';

/** Lambda's limit for a synchronous event; the gateway itself takes 10 MB. */
const largestEvent = 6 * 1024 * 1024;

export async function askLambda(
  exchange: Exchange,
  integration: IntegrationRecord,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<MappedAnswer> {
  const second = integration.PayloadFormatVersion === '2.0';
  const payload = Buffer.from(JSON.stringify(second ? event2(exchange, env) : event1(exchange, env)));
  if (payload.length > largestEvent)
    throw new GatewayFailure(413, 'Request Entity Too Large', 'REQUEST_TOO_LARGE');
  const arn = functionOf(withStageVariables(integration.IntegrationUri ?? '', exchange)) ?? '';
  const answer = await invokeFunction(
    arn,
    payload,
    integration.CredentialsArn,
    sourceOf(exchange, env),
    env,
    roles,
  );
  if (typeof answer === 'string') {
    exchange.integration = { ...exchange.integration, error: answer };
    throw internalError();
  }
  const read = second ? readAnswer(answer) : readAnswer1(answer);
  if (!read) {
    exchange.integration = {
      ...exchange.integration,
      error: 'The response received from Lambda was not valid. Check the format of the response.',
    };
    throw internalError();
  }
  return read;
}

/** What resource policies of functions name: `api/stage/GET/pets/{id}`, `api/stage/$default`. */
function sourceOf({ apiId, stage, route, request }: Exchange, env: ServiceEnvironment): string {
  const key = route?.RouteKey ?? '';
  const [method = '', path = ''] = key.split(' ');
  const rest = key === '$default' ? key : `${method === 'ANY' ? request.method : method}${path}`;
  return env.arn('execute-api', `${apiId}/${stage.StageName}/${rest}`);
}

/** @returns the payload, or why there is none */
export async function invokeFunction(
  arn: string,
  payload: Buffer,
  role: string | undefined,
  source: string,
  env: ServiceEnvironment,
  roles: RoleInvokes,
): Promise<Buffer | string> {
  try {
    const invoke = role ? await roles.as(role) : env.asService('apigateway.amazonaws.com', source);
    const answer = await invoke('lambda', 'Invoke', { FunctionName: arn, Payload: payload });
    const body = Buffer.from((answer.Payload as Uint8Array | undefined) ?? []);
    if (answer.FunctionError === undefined) return body;
    return `The Lambda function returned the following error: ${body.toString().slice(0, 500)}. Check your Lambda function code and try again.`;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

/** Format 1.0 infers nothing: without a status code it is no answer. */
function readAnswer1(payload: Buffer): MappedAnswer | undefined {
  let fields: Readonly<Record<string, unknown>> | null;
  try {
    fields = JSON.parse(payload.toString()) as Readonly<Record<string, unknown>> | null;
  } catch {
    return undefined;
  }
  if (typeof fields !== 'object' || fields?.statusCode === undefined) return undefined;
  const head = readHead({ statusCode: fields.statusCode, headers: fields.headers });
  const { body, isBase64Encoded, multiValueHeaders } = fields;
  if (!head || (body !== undefined && body !== null && typeof body !== 'string')) return undefined;
  for (const [name, values] of Object.entries((multiValueHeaders ?? {}) as object))
    if (Array.isArray(values)) head.headers[name.toLowerCase()] = values.map(String);
  return { ...head, body: Buffer.from(body ?? '', isBase64Encoded === true ? 'base64' : 'utf8') };
}
