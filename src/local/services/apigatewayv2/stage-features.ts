/** What of a stage may be set. Execution logs are those of WebSocket APIs. */
import type { CreateStageRequest, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import type { Caller } from '../../../iam/index.ts';
import { allowDelivery } from '../../log-delivery.ts';
import { type AwsError, unsupported } from '../../service.ts';
import type { HttpApiContext } from './context.ts';
import { badRequest } from './errors.ts';
import type { StageRecord } from './records.ts';

export function* stageProblems(input: Partial<CreateStageRequest>): Generator<AwsError> {
  const { StageName, ClientCertificateId, AccessLogSettings: log } = input;
  if (StageName !== undefined && StageName !== '$default' && !/^[A-Za-z0-9_-]{1,128}$/.test(StageName))
    yield badRequest(`Stage name only allows a-zA-Z0-9_-, got ${StageName}`);
  if (ClientCertificateId) yield badRequest('Client certificates are not supported for HTTP APIs');
  for (const settings of [input.DefaultRouteSettings, ...Object.values(input.RouteSettings ?? {})])
    yield* settingsProblems(settings);
  for (const [name, value] of Object.entries(input.StageVariables ?? {}))
    if (!/^\w+$/.test(name) || !/^[A-Za-z0-9\-._~:/?#&=,]*$/.test(value))
      yield badRequest(`Stage variable ${name} has a name or value with characters that are not allowed`);
  if (log?.DestinationArn && !/:logs:[^:]*:\d{12}:log-group:/.test(log.DestinationArn))
    yield unsupported(`access logs to ${log.DestinationArn}; log groups are supported`);
  if (
    log?.Format &&
    !log.Format.includes('$context.requestId') &&
    !log.Format.includes('$context.extendedRequestId')
  )
    yield badRequest('Access Log format must contain $context.requestId or $context.extendedRequestId');
}

function* settingsProblems(settings: RouteSettings | undefined): Generator<AwsError> {
  if (settings?.DataTraceEnabled || (settings?.LoggingLevel && settings.LoggingLevel !== 'OFF'))
    yield badRequest('Execution logs are not supported on protocolType HTTP');
}

/** Whoever sets access logs up lets them be delivered. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html */
export async function allowAccessLog(
  { env }: HttpApiContext,
  stage: StageRecord,
  caller: Caller,
): Promise<void> {
  const group = stage.AccessLogSettings?.DestinationArn;
  if (group !== undefined && !(await allowDelivery(env, caller, group)))
    throw badRequest('Insufficient permissions to enable logging');
}

export function checkDeployment({ records }: HttpApiContext, apiId: string, id: string | undefined): void {
  if (id !== undefined && !records.deployments.has([apiId, id]))
    throw badRequest(`Deployment id does not exist: ${id}`);
}
