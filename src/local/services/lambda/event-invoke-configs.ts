/** Retries, age and destinations of asynchronous invocations. */
import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda';
import { parseArn } from '../../../core/arn.ts';
import type { ServiceEnvironment } from '../../service.ts';
import type { LambdaContext } from './context.ts';
import { checkDestination } from './destinations.ts';
import { invalidParameter, notFound } from './errors.ts';
import { checkDestinations } from './execution-role.ts';
import { functionArn, readFunctionName, resolveVersion } from './names.ts';
import type { InvokeConfigRecord } from './records.ts';

export function invokeConfigAt(
  { env }: Pick<LambdaContext, 'env'>,
  functionName: string | undefined,
  qualifier: string | undefined,
): [string, string] {
  const name = readFunctionName(functionName, env, qualifier);
  return [name.name, name.qualifier ?? '$LATEST'];
}

export const destinations = ['sqs', 'sns', 'lambda', 'events'] as const;

export const noInvokeConfig = (env: ServiceEnvironment, [name, qualifier]: readonly [string, string]) =>
  notFound(`The function ${functionArn(env, name, qualifier)} doesn't have an EventInvokeConfig`);

export async function checkedInvokeConfig(
  { env, records }: Pick<LambdaContext, 'env' | 'records'>,
  [name, qualifier]: readonly [string, string],
  input: PutFunctionEventInvokeConfigRequest,
): Promise<Omit<InvokeConfigRecord, 'modifiedAt'>> {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig: to } = input;
  if (retries !== undefined && (retries < 0 || retries > 2))
    throw invalidParameter(`MaximumRetryAttempts must lie between 0 and 2, got ${retries}`);
  if (age !== undefined && (age < 60 || age > 21_600))
    throw invalidParameter(`MaximumEventAgeInSeconds must lie between 60 and 21600, got ${age}`);
  if (!records.functions.has([name, '$LATEST'])) throw notFound("The function doesn't exist.");
  const { record } = resolveVersion(records, env, { name, qualifier });
  if (retries === undefined && age === undefined && to === undefined)
    throw invalidParameter('You must specify at least one of error handling or destination setting.');
  const arns = [to?.OnSuccess?.Destination, to?.OnFailure?.Destination].filter((arn) => arn !== undefined);
  for (const arn of arns) checkTarget({ env, records }, name, arn);
  if (arns.length > 0) await checkDestinations(env, record, arns);
  return {
    ...(retries === undefined ? {} : { MaximumRetryAttempts: retries }),
    ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
    ...(to === undefined ? {} : { DestinationConfig: to }),
  };
}

function checkTarget(
  { env, records }: Pick<LambdaContext, 'env' | 'records'>,
  source: string,
  arn: string,
): void {
  checkDestination(env, arn, destinations);
  if (parseArn(arn)?.service !== 'lambda') return;
  const target = readFunctionName(arn, env);
  if (target.name === source)
    throw invalidParameter("You can't specify the function as a destination for itself.");
  try {
    resolveVersion(records, env, target);
  } catch {
    throw invalidParameter(`The destination ARN ${arn} is invalid.`);
  }
}

export const shownInvokeConfig = (
  { modifiedAt, ...config }: InvokeConfigRecord,
  [name, qualifier]: readonly [string, string],
  env: ServiceEnvironment,
): FunctionEventInvokeConfig => ({
  ...config,
  DestinationConfig: config.DestinationConfig ?? { OnSuccess: {}, OnFailure: {} },
  FunctionArn: functionArn(env, name, qualifier),
  LastModified: new Date(modifiedAt),
});
