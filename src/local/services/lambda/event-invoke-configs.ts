/** Retries, age and destinations of asynchronous invocations. */
import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from '@aws-sdk/client-lambda';
import type { ServiceEnvironment } from '../../service.ts';
import type { LambdaContext } from './context.ts';
import { checkDestination } from './destinations.ts';
import { invalidParameter } from './errors.ts';
import { functionArn, readFunctionName, resolveVersion } from './names.ts';
import type { InvokeConfigRecord } from './records.ts';

export function invokeConfigAt(
  { env, records }: Pick<LambdaContext, 'env' | 'records'>,
  functionName: string | undefined,
  qualifier: string | undefined,
): [string, string] {
  const name = readFunctionName(functionName, env, qualifier);
  resolveVersion(records, env, name);
  return [name.name, name.qualifier ?? '$LATEST'];
}

export function checkedInvokeConfig(
  env: ServiceEnvironment,
  input: PutFunctionEventInvokeConfigRequest,
): Omit<InvokeConfigRecord, 'modifiedAt'> {
  const { MaximumRetryAttempts: retries, MaximumEventAgeInSeconds: age, DestinationConfig: to } = input;
  if (retries !== undefined && (retries < 0 || retries > 2))
    throw invalidParameter(`MaximumRetryAttempts must lie between 0 and 2, got ${retries}`);
  if (age !== undefined && (age < 60 || age > 21_600))
    throw invalidParameter(`MaximumEventAgeInSeconds must lie between 60 and 21600, got ${age}`);
  for (const arn of [to?.OnSuccess?.Destination, to?.OnFailure?.Destination])
    if (arn) checkDestination(env, arn, ['sqs', 'sns', 'lambda', 'events']);
  return {
    ...(retries === undefined ? {} : { MaximumRetryAttempts: retries }),
    ...(age === undefined ? {} : { MaximumEventAgeInSeconds: age }),
    ...(to === undefined ? {} : { DestinationConfig: to }),
  };
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
