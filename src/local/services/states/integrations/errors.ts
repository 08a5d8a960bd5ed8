/** How the failure of a call is named in a workflow. */
import { reasonOf } from '../../../../core/events.ts';
import { AwsError } from '../../../service.ts';
import { StateFailure } from '../language/failure.ts';
import { ConversionError } from './convert.ts';
import type { ServiceResource } from './resource.ts';
import { optimisedServices, sdkServices } from './sdk-services.ts';

const exception = (code: string) => (/(?:Exception|Error)$/.test(code) ? code : `${code}Exception`);

/**
 * `Sqs.QueueDoesNotExistException`, `Sqs.SqsException` for what the service's model does not name.
 * https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html#use-awssdk-integ
 */
export function serviceFailure(
  error: unknown,
  { sdk, service }: Pick<ServiceResource, 'sdk' | 'service'>,
  modelled: ReadonlySet<string>,
  requestId: string,
): unknown {
  if (error instanceof ConversionError) return new StateFailure('States.Runtime', error.message);
  if (!(error instanceof AwsError)) return error;
  const { code, message, status } = error;
  if (sdk) {
    const prefix = sdkServices[service]?.prefix ?? service;
    const name = modelled.has(code) ? exception(code) : `${prefix}Exception`;
    return new StateFailure(
      `${prefix}.${name}`,
      `${message} (Service: ${prefix}, Status Code: ${status}, Request ID: ${requestId}) (SDK Attempt Count: 1)`,
    );
  }
  const names = optimisedServices[service];
  const prefix = names?.prefix ?? service;
  const name = modelled.has(code) ? exception(code) : (names?.other ?? `${prefix}Exception`);
  return new StateFailure(
    `${prefix}.${name}`,
    `${message} (Service: ${names?.service ?? prefix}; Status Code: ${status}; Error Code: ${code}; Request ID: ${requestId}; Proxy: null)`,
  );
}

/** What a function answered that failed: the type of its error, and the whole answer as the cause. */
export function functionFailure(payload: string): StateFailure {
  let type: unknown;
  try {
    const said: unknown = JSON.parse(payload);
    type = (said as { readonly errorType?: unknown } | null)?.errorType;
  } catch {
    // No JSON: there is no type.
  }
  return new StateFailure(typeof type === 'string' && type !== '' ? type : 'Lambda.Unknown', payload);
}

/** The cloud ended in the middle of a call, whose effect nobody knows: AWS's SDK says so when an answer is lost. */
export const lostCall = (prefix: string): StateFailure =>
  new StateFailure(
    `${prefix}.SdkClientException`,
    'The local cloud stopped while this call was under way, so that its answer is lost.',
  );

export const unexpected = (error: unknown): StateFailure =>
  new StateFailure('States.TaskFailed', reasonOf(error));
