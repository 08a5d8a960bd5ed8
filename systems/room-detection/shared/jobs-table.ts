/**
 * The jobs table: create a record, read one, move it to another status. Every move carries the condition that
 * the state machine of `job.ts` allows it, so that two workers with the same message cannot undo each other.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { isJobStatus, type JobRecord, type JobStatus, sourcesOf } from './job.ts';

type Item = Record<string, AttributeValue>;

export interface JobsTable {
  readonly client: DynamoDBClient;
  readonly name: string;
}

export type Changes = Partial<
  Pick<JobRecord, 'output_s3_key' | 'processing_time' | 'rooms_count' | 'confidence_score' | 'error_message'>
>;

export type Move =
  | { readonly kind: 'moved' }
  | { readonly kind: 'refused'; readonly current: JobStatus | 'missing' };

const toValue = (value: string | number): AttributeValue =>
  typeof value === 'number' ? { N: String(value) } : { S: value };

function toItem(record: JobRecord, expiresAt: number): Item {
  const item: Item = { expires_at: toValue(expiresAt) };
  for (const [name, value] of Object.entries(record)) {
    if (value !== undefined) item[name] = toValue(value);
  }
  return item;
}

function fromItem(item: Item): JobRecord {
  const text = (name: string): string | undefined => item[name]?.S;
  const number = (name: string): number | undefined => {
    const value = item[name]?.N;
    return value === undefined ? undefined : Number(value);
  };
  const status = text('status');
  if (!isJobStatus(status)) throw new Error(`The job record has the unknown status "${status}".`);
  return {
    job_id: text('job_id') ?? '',
    status,
    created_at: number('created_at') ?? 0,
    updated_at: number('updated_at') ?? 0,
    input_s3_key: text('input_s3_key') ?? '',
    output_s3_key: text('output_s3_key'),
    processing_time: number('processing_time'),
    rooms_count: number('rooms_count'),
    confidence_score: number('confidence_score'),
    error_message: text('error_message'),
  };
}

export async function insertJob(table: JobsTable, record: JobRecord, expiresAt: number): Promise<void> {
  await table.client.send(
    new PutItemCommand({
      TableName: table.name,
      Item: toItem(record, expiresAt),
      ConditionExpression: 'attribute_not_exists(job_id)',
    }),
  );
}

/**
 * Closes a job whose message could not be sent. A conditional PutItem rather than UpdateItem: the creating
 * function then needs no more than `dynamodb:PutItem`. A job that a worker has meanwhile begun is left alone.
 */
export async function abandonJob(table: JobsTable, record: JobRecord, expiresAt: number): Promise<void> {
  await table.client.send(
    new PutItemCommand({
      TableName: table.name,
      Item: toItem(record, expiresAt),
      ConditionExpression: '#status = :pending',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':pending': { S: 'pending' } },
    }),
  );
}

export async function readJob(table: JobsTable, jobId: string): Promise<JobRecord | undefined> {
  const { Item: item } = await table.client.send(
    new GetItemCommand({ TableName: table.name, Key: { job_id: { S: jobId } }, ConsistentRead: true }),
  );
  return item === undefined ? undefined : fromItem(item);
}

/** Moves a job to another status, or says which status it was found in instead. */
export async function moveJob(
  table: JobsTable,
  jobId: string,
  to: JobStatus,
  now: number,
  changes: Changes = {},
): Promise<Move> {
  const names: Record<string, string> = { '#status': 'status', '#updated_at': 'updated_at' };
  const values: Item = { ':to': { S: to }, ':now': toValue(now) };
  const sets = ['#status = :to', '#updated_at = :now'];
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue;
    names[`#${name}`] = name;
    values[`:${name}`] = toValue(value);
    sets.push(`#${name} = :${name}`);
  }
  const removes = changes.error_message === undefined ? ' REMOVE error_message' : '';
  const from = sourcesOf(to).map((status, index) => {
    values[`:from${index}`] = { S: status };
    return `:from${index}`;
  });
  try {
    await table.client.send(
      new UpdateItemCommand({
        TableName: table.name,
        Key: { job_id: { S: jobId } },
        UpdateExpression: `SET ${sets.join(', ')}${removes}`,
        ConditionExpression: `#status IN (${from.join(', ')})`,
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
    return { kind: 'moved' };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const current = error.Item?.status?.S;
    return { kind: 'refused', current: isJobStatus(current) ? current : 'missing' };
  }
}
