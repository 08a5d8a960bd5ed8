/** Requests for a change: told at once, done in the background, kept for a week. */
import { createHash } from 'node:crypto';
import type { HandlerErrorCode, Operation, ProgressEvent } from '@aws-sdk/client-cloudcontrol';
import { reasonOf } from '../../../core/events.ts';
import { AwsError, type Call, type ResourceRequest } from '../../service.ts';
import type { CloudControlContext } from './context.ts';
import { tokenTaken, underWay } from './errors.ts';
import type { RequestRecord } from './model.ts';

const keptForMs = 7 * 86_400_000;
/** https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations.html */
const clientTokenMs = 36 * 3_600_000;

interface Change {
  readonly operation: Operation;
  readonly type: string;
  readonly identifier?: string | undefined;
  readonly clientToken: string | undefined;
  /** What was asked for, apart from the client token. */
  readonly input: object;
}

interface Done {
  readonly identifier: string;
  /** What the resource is now; absent when it was deleted. */
  readonly model?: object;
}

/** The same client token with the same input is the same request. */
export function begin(
  context: CloudControlContext,
  change: Change,
  work: (signal: AbortSignal) => Promise<Done>,
): ProgressEvent {
  const { env, requests, running } = context;
  const { operation, type, identifier, clientToken } = change;
  const now = env.clock.now();
  const asked = createHash('sha256')
    .update(JSON.stringify([operation, change.input]))
    .digest('hex');
  for (const one of [...requests.values()]) {
    if (one.at < now - keptForMs) requests.delete(one.token);
    else if (clientToken !== undefined && one.clientToken === clientToken && one.at > now - clientTokenMs) {
      if (one.asked !== asked) throw tokenTaken(clientToken);
      return progressOf(one);
    } else if (
      identifier !== undefined &&
      isRunning(one) &&
      one.type === type &&
      one.identifier === identifier
    )
      throw underWay(type, identifier);
  }
  const token = env.uuid();
  const record: RequestRecord = {
    ...{ token, operation, type, asked, at: now, status: 'IN_PROGRESS' },
    ...(identifier === undefined ? {} : { identifier }),
    ...(clientToken === undefined ? {} : { clientToken }),
  };
  requests.put(token, record);
  const controller = new AbortController();
  running.set(token, controller);
  const end = (change: Partial<RequestRecord>) => {
    // Deleted with the state folder, or the cloud has stopped: nobody asks any more.
    if (!running.delete(token)) return;
    requests.put(token, { ...record, ...change, at: env.clock.now() });
  };
  const cancelled = { status: 'CANCEL_COMPLETE' as const };
  work(controller.signal).then(
    ({ identifier: made, model }) =>
      end({
        ...(controller.signal.aborted ? cancelled : { status: 'SUCCESS' }),
        identifier: made,
        ...(model ? { model: JSON.stringify(model) } : {}),
      }),
    (error: unknown) =>
      end(
        controller.signal.aborted
          ? cancelled
          : { status: 'FAILED', errorCode: codeOf(error), message: reasonOf(error) },
      ),
  );
  return progressOf(record);
}

export const isRunning = ({ status }: RequestRecord): boolean => status.endsWith('IN_PROGRESS');

export const progressOf = (one: RequestRecord): ProgressEvent => ({
  TypeName: one.type,
  ...(one.identifier === undefined ? {} : { Identifier: one.identifier }),
  RequestToken: one.token,
  Operation: one.operation,
  OperationStatus: one.status,
  EventTime: new Date(one.at),
  ...(one.model === undefined ? {} : { ResourceModel: one.model }),
  ...(one.message === undefined ? {} : { StatusMessage: one.message }),
  ...(one.errorCode === undefined ? {} : { ErrorCode: one.errorCode }),
});

/** Those that handlers here throw by AWS's own names. */
const handlerCodes = [
  'AlreadyExists',
  'InvalidRequest',
  'NotFound',
  'NotStabilized',
  'NotUpdatable',
] as const;

/** https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract-errors.html */
function codeOf(error: unknown): HandlerErrorCode {
  if (!(error instanceof AwsError)) return 'InternalFailure';
  const known = handlerCodes.find((one) => one === error.code);
  if (known !== undefined) return known;
  if (/AccessDenied|NotAuthorized|UnauthorizedOperation/.test(error.code)) return 'AccessDenied';
  if (/AlreadyExists|AlreadyOwned|EntityAlready|ResourceInUse/.test(error.code)) return 'AlreadyExists';
  if (/NotFound|NoSuch|NonExistent|DoesNotExist/.test(error.code)) return 'NotFound';
  if (/Conflict/.test(error.code)) return 'ResourceConflict';
  if (/LimitExceeded|TooMany/.test(error.code)) return 'ServiceLimitExceeded';
  return error.status >= 500 ? 'GeneralServiceException' : 'InvalidRequest';
}

/** Calls as the role that is named, or else as the caller. */
export async function principalOf(
  { env }: CloudControlContext,
  roleArn: string | undefined,
  { caller }: Call,
): Promise<ResourceRequest['invoke']> {
  if (roleArn === undefined) return env.as(caller, 'cloudformation.amazonaws.com');
  const session = await env.assumeRole(roleArn, 'cloudformation.amazonaws.com', 'AWSCloudControl');
  return env.as(session.caller);
}
