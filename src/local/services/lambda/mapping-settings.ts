/** What of an event source mapping is honoured: SQS sources, batches, item failures, concurrency. */

import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../core/arn.ts';
import { type AccessCheck, AwsError, type ServiceEnvironment, unsupported } from '../../service.ts';
import { queueUrlOf } from '../../urls.ts';
import type { LambdaContext } from './context.ts';
import { invalidParameter, notFound } from './errors.ts';
import { executionRole } from './execution-role.ts';
import { mappingArn } from './mappings.ts';
import { functionArn, readFunctionName, resolveVersion } from './names.ts';
import type { FunctionRecord, MappingRecord } from './records.ts';
import { checkTagCount } from './tags.ts';

type Settings = Partial<CreateEventSourceMappingRequest & Omit<UpdateEventSourceMappingRequest, 'UUID'>>;

/** Decided on the mapping's ARN, with the function as condition key. */
export function mappingAccess(
  { env, records }: LambdaContext,
  action: string,
  id: string | undefined,
  functionName?: string,
): AccessCheck {
  const known = id === undefined ? undefined : records.mappings.get(id);
  const name = functionName ? readFunctionName(functionName, env).name : known?.functionName;
  return {
    action: `lambda:${action}`,
    resource: id === undefined ? '*' : mappingArn(env, id),
    ...(name === undefined ? {} : { context: { 'lambda:FunctionArn': functionArn(env, name) } }),
  };
}

export function mappingOf({ records }: LambdaContext, id: string | undefined): MappingRecord {
  const record = records.mappings.get(id ?? '');
  if (!record) throw notFound('The resource you requested does not exist.');
  return record;
}

export const otherSource = (arn: string) => unsupported(`the event source ${arn}; SQS queues are supported`);

export async function checkedMapping(
  context: LambdaContext,
  input: Settings,
  before?: MappingRecord,
): Promise<MappingRecord> {
  const { env, records } = context;
  const name = input.FunctionName
    ? readFunctionName(input.FunctionName, env)
    : { name: before?.functionName ?? '', qualifier: before?.qualifier || undefined };
  if (!records.functions.has([name.name, '$LATEST'])) throw invalidParameter('Function does not exist');
  const { record } = resolveVersion(records, env, name);
  const sourceArn = input.EventSourceArn ?? before?.sourceArn ?? '';
  if (sourceArn === '') throw invalidParameter('Unrecognized event source.');
  checkTagCount(input.Tags);
  if (parseArn(sourceArn)?.service !== 'sqs') throw otherSource(sourceArn);
  const fifo = sourceArn.endsWith('.fifo');
  const batchSize = input.BatchSize ?? before?.batchSize ?? 10;
  const batchWindow = input.MaximumBatchingWindowInSeconds ?? before?.batchWindow ?? 0;
  const maximumConcurrency = input.ScalingConfig
    ? input.ScalingConfig.MaximumConcurrency
    : before?.maximumConcurrency;
  if (batchSize < 1 || batchSize > (fifo ? 10 : 10_000))
    throw invalidParameter(`Batch size ${batchSize} is not valid for this queue.`);
  if (batchSize > 10 && batchWindow === 0)
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  if (batchWindow > 0 && fifo)
    throw unsupported('batching windows of FIFO queues, which AWS does not support either');
  if (batchWindow < 0 || batchWindow > 300)
    throw invalidParameter(`MaximumBatchingWindowInSeconds must lie between 0 and 300, got ${batchWindow}`);
  if (maximumConcurrency !== undefined && (maximumConcurrency < 2 || maximumConcurrency > 1000))
    throw invalidParameter(`MaximumConcurrency must lie between 2 and 1000, got ${maximumConcurrency}`);
  for (const type of input.FunctionResponseTypes ?? [])
    if (type !== 'ReportBatchItemFailures') throw invalidParameter(`Unknown function response type ${type}`);
  await checkQueue(env, record, sourceArn);
  return {
    id: before?.id ?? env.uuid(),
    functionName: name.name,
    qualifier: name.qualifier ?? '',
    sourceArn,
    enabled: input.Enabled ?? before?.enabled ?? true,
    batchSize,
    batchWindow,
    reportItemFailures: input.FunctionResponseTypes
      ? input.FunctionResponseTypes.includes('ReportBatchItemFailures')
      : (before?.reportItemFailures ?? false),
    ...(maximumConcurrency === undefined ? {} : { maximumConcurrency }),
    modifiedAt: env.clock.now(),
    lastResult: 'No records processed',
    tags: { ...before?.tags, ...input.Tags },
  };
}

/** The role must be able to read the queue, and the queue must hide messages for as long as the function may run. */
async function checkQueue(env: ServiceEnvironment, record: FunctionRecord, sourceArn: string): Promise<void> {
  const QueueUrl = queueUrlOf(sourceArn, env.endpoint);
  const caller = await executionRole(env, record);
  const refuse = (action: string, error: AwsError) =>
    error.code === 'QueueDoesNotExist'
      ? invalidParameter(
          `Error occurred while ${action}. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist for this wsdl version.`,
        )
      : invalidParameter(
          `The function execution role does not have permissions to call ${action} on SQS (${error.message})`,
        );
  for (const action of ['ReceiveMessage', 'DeleteMessage'] as const) {
    const error = await env.foresee(caller, 'sqs', action, { QueueUrl, ReceiptHandle: '' });
    if (error) throw refuse(action, error);
  }
  let visible: number;
  try {
    const { Attributes } = await env.as(caller)('sqs', 'GetQueueAttributes', {
      QueueUrl,
      AttributeNames: ['VisibilityTimeout'],
    });
    visible = Number(Attributes?.VisibilityTimeout ?? 30);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw refuse('GetQueueAttributes', error);
  }
  if (visible < record.timeout)
    throw invalidParameter(
      `Queue visibility timeout: ${visible} seconds is less than Function timeout: ${record.timeout} seconds`,
    );
}

/** AWS leaves LastProcessingResult out for queues; here it says why a poller stands still. */
export const shownMapping = (
  mapping: MappingRecord,
  env: ServiceEnvironment,
  during?: 'Creating',
): EventSourceMappingConfiguration => ({
  UUID: mapping.id,
  EventSourceMappingArn: mappingArn(env, mapping.id),
  EventSourceArn: mapping.sourceArn,
  FunctionArn: functionArn(env, mapping.functionName, mapping.qualifier || undefined),
  BatchSize: mapping.batchSize,
  MaximumBatchingWindowInSeconds: mapping.batchWindow,
  FunctionResponseTypes: mapping.reportItemFailures ? ['ReportBatchItemFailures'] : [],
  ScalingConfig:
    mapping.maximumConcurrency === undefined ? undefined : { MaximumConcurrency: mapping.maximumConcurrency },
  LastModified: new Date(mapping.modifiedAt),
  LastProcessingResult: mapping.lastResult,
  State: during ?? (mapping.enabled ? 'Enabled' : 'Disabled'),
  StateTransitionReason: 'USER_INITIATED',
});
