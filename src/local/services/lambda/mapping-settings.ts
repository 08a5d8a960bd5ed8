/** What of an event source mapping is honoured: queues and streams, batches, filters, failures, concurrency. */

import type {
  CreateEventSourceMappingRequest,
  EventSourceMappingConfiguration,
  UpdateEventSourceMappingRequest,
} from '@aws-sdk/client-lambda';
import { parseArn } from '../../../core/arn.ts';
import {
  type AccessCheck,
  AwsError,
  type ServiceEnvironment,
  throwFirst,
  unsupported,
} from '../../service.ts';
import { queueUrlOf } from '../../urls.ts';
import type { LambdaContext } from './context.ts';
import { checkDestination } from './destinations.ts';
import { invalidParameter, notFound } from './errors.ts';
import { executionRole } from './execution-role.ts';
import { readFilters } from './filters.ts';
import { mappingArn } from './mappings.ts';
import { functionArn, readFunctionName, resolveVersion } from './names.ts';
import type { FunctionRecord, MappingRecord, StreamSettings } from './records.ts';
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

export const isStream = (arn: string) =>
  /^arn:[^:]+:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/.+$/.test(arn);

/** What cannot be a source here, by its ARN alone. */
export function* sourceProblems({ EventSourceArn: arn, ...input }: Settings): Generator<AwsError> {
  if (arn && parseArn(arn)?.service !== 'sqs' && !isStream(arn))
    yield unsupported(`the event source ${arn}; SQS queues and streams of DynamoDB tables are supported`);
  if (input.ParallelizationFactor !== undefined && input.ParallelizationFactor !== 1)
    yield unsupported('a ParallelizationFactor above 1');
  if (input.TumblingWindowInSeconds) yield unsupported('tumbling windows (TumblingWindowInSeconds)');
}

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
  throwFirst(sourceProblems({ ...input, EventSourceArn: sourceArn }));
  const ofStream = isStream(sourceArn);
  const fifo = sourceArn.endsWith('.fifo');
  const batchSize = input.BatchSize ?? before?.batchSize ?? (ofStream ? 100 : 10);
  const batchWindow = input.MaximumBatchingWindowInSeconds ?? before?.batchWindow ?? 0;
  const maximumConcurrency = input.ScalingConfig
    ? input.ScalingConfig.MaximumConcurrency
    : before?.maximumConcurrency;
  if (batchSize < 1 || batchSize > (fifo ? 10 : 10_000))
    throw invalidParameter(`Batch size ${batchSize} is not valid for this queue.`);
  if (!ofStream && batchSize > 10 && batchWindow === 0)
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
  const stream = ofStream ? streamSettings(context, input, before?.stream) : undefined;
  if (stream) await checkStream(env, record, sourceArn);
  else await checkQueue(env, record, sourceArn);
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
    filters: input.FilterCriteria ? readFilters(input.FilterCriteria) : before?.filters,
    stream,
    modifiedAt: env.clock.now(),
    lastResult: 'No records processed',
    tags: { ...before?.tags, ...input.Tags },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html */
function streamSettings(
  { env }: LambdaContext,
  input: Settings,
  before: StreamSettings | undefined,
): StreamSettings {
  const { StartingPosition: position } = input;
  if (!before && position !== 'TRIM_HORIZON' && position !== 'LATEST')
    throw invalidParameter(
      position === undefined
        ? "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null."
        : `Unsupported starting position for source type DynamoDB: ${position}.`,
    );
  const maximumRetries = input.MaximumRetryAttempts ?? before?.maximumRetries ?? -1;
  const maximumAge = input.MaximumRecordAgeInSeconds ?? before?.maximumAge ?? -1;
  if (maximumRetries < -1 || maximumRetries > 10_000)
    throw invalidParameter(`MaximumRetryAttempts must lie between -1 and 10000, got ${maximumRetries}`);
  if (maximumAge !== -1 && (maximumAge < 60 || maximumAge > 604_800))
    throw invalidParameter(
      `MaximumRecordAgeInSeconds must be -1 or lie between 60 and 604800, got ${maximumAge}`,
    );
  const onFailure = input.DestinationConfig
    ? input.DestinationConfig.OnFailure?.Destination || undefined
    : before?.onFailure;
  if (onFailure) checkDestination(env, onFailure, ['sqs', 'sns']);
  return {
    startingPosition: before?.startingPosition ?? (position as StreamSettings['startingPosition']),
    bisect: input.BisectBatchOnFunctionError ?? before?.bisect ?? false,
    maximumRetries,
    maximumAge,
    onFailure,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#events-dynamodb-permissions */
async function checkStream(
  env: ServiceEnvironment,
  record: FunctionRecord,
  StreamArn: string,
): Promise<void> {
  const caller = await executionRole(env, record);
  const refuse = (action: string, error: AwsError) =>
    invalidParameter(
      error.code === 'ResourceNotFoundException'
        ? `Stream not found: ${StreamArn}`
        : `Cannot access stream ${StreamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. (${action}: ${error.message})`,
    );
  const asked = [
    env.foresee(caller, 'dynamodbstreams', 'GetShardIterator', {
      StreamArn,
      ShardId: '',
      ShardIteratorType: 'LATEST',
    }),
    env.foresee(caller, 'dynamodbstreams', 'GetRecords', { ShardIterator: `${StreamArn}|1|` }),
    env.foresee(caller, 'dynamodbstreams', 'ListStreams', {}),
  ];
  for (const error of await Promise.all(asked)) if (error) throw refuse('denied', error);
  try {
    await env.as(caller)('dynamodbstreams', 'DescribeStream', { StreamArn });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw refuse('DescribeStream', error);
  }
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

const shownStream = (stream: StreamSettings | undefined) =>
  stream && {
    StartingPosition: stream.startingPosition,
    ParallelizationFactor: 1,
    BisectBatchOnFunctionError: stream.bisect,
    MaximumRetryAttempts: stream.maximumRetries,
    MaximumRecordAgeInSeconds: stream.maximumAge,
    TumblingWindowInSeconds: 0,
    DestinationConfig: stream.onFailure ? { OnFailure: { Destination: stream.onFailure } } : {},
  };

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
  ...(mapping.filters
    ? { FilterCriteria: { Filters: mapping.filters.map((Pattern) => ({ Pattern })) } }
    : {}),
  ...shownStream(mapping.stream),
  LastModified: new Date(mapping.modifiedAt),
  LastProcessingResult: mapping.lastResult,
  State: during ?? (mapping.enabled ? 'Enabled' : 'Disabled'),
  StateTransitionReason: 'USER_INITIATED',
});
