/**
 * `POST /jobs`. Input to S3, then the record, then the message: whatever fails, no record points at a missing
 * input and no acknowledged job is without its message. An input left behind by a failure expires by the
 * bucket's lifecycle.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { positiveInteger, required } from '../shared/environment.ts';
import { explainError } from '../shared/explain-error.ts';
import { inputKey, type JobAccepted, type JobMessage, type JobRecord } from '../shared/job.ts';
import { newJobId } from '../shared/job-id.ts';
import { abandonJob, insertJob } from '../shared/jobs-table.ts';
import { emitMetrics, type LogFields, log } from '../shared/log.ts';
import { answer, corsHeaders, type Headers, headerOf } from './answers.ts';
import { readPlanRequest } from './plan-request.ts';

const table = { client: new DynamoDBClient({}), name: required('TABLE_NAME') };
const s3 = new S3Client({});
const sqs = new SQSClient({});
const bucket = required('INPUT_BUCKET');
const queueUrl = required('QUEUE_URL');
const allowedOrigin = required('ALLOWED_ORIGIN');
const retentionSeconds = positiveInteger('JOB_RETENTION_DAYS', 30) * 86_400;

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const fields = { request_id: event.requestContext?.requestId ?? context.awsRequestId };
  const cors = corsHeaders(allowedOrigin, headerOf(event, 'origin'));
  const reading = readPlanRequest({
    body: event.body,
    isBase64Encoded: event.isBase64Encoded,
    contentType: headerOf(event, 'content-type'),
  });
  if (reading.kind === 'refused') {
    log('info', 'plan refused', { ...fields, status_code: reading.statusCode, reason: reading.message });
    return answer(reading.statusCode, { message: reading.message, path: reading.path }, cors);
  }
  const now = Date.now();
  const id = newJobId(now);
  const createdAt = Math.floor(now / 1000);
  const record: JobRecord = {
    job_id: id,
    status: 'pending',
    created_at: createdAt,
    updated_at: createdAt,
    input_s3_key: inputKey(id),
  };
  const body = JSON.stringify({ walls: reading.walls });
  return start(record, body, { ...fields, job_id: id, walls: reading.walls.length }, cors);
}

async function start(
  record: JobRecord,
  plan: string,
  fields: LogFields,
  cors: Headers,
): Promise<APIGatewayProxyResult> {
  const expiresAt = record.created_at + retentionSeconds;
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: record.input_s3_key,
        Body: plan,
        ContentType: 'application/json',
      }),
    );
    await insertJob(table, record, expiresAt);
  } catch (error) {
    log('error', 'job not stored', { ...fields, error: explainError(error) });
    return unavailable('The job could not be stored, nothing was started.', fields, cors);
  }
  const message: JobMessage = { job_id: record.job_id, input_s3_key: record.input_s3_key };
  try {
    await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  } catch (error) {
    log('error', 'job not queued', { ...fields, error: explainError(error) });
    await abandon(record, expiresAt, error, fields);
    return unavailable('The job could not be queued, it was given up.', fields, cors);
  }
  log('info', 'job created', fields);
  emitMetrics({ JobsCreated: 1 }, fields);
  const accepted: JobAccepted = {
    job_id: record.job_id,
    status: 'pending',
    created_at: record.created_at,
  };
  return answer(202, accepted, cors, { Location: `/jobs/${record.job_id}` });
}

async function abandon(
  record: JobRecord,
  expiresAt: number,
  cause: unknown,
  fields: LogFields,
): Promise<void> {
  const failed: JobRecord = {
    ...record,
    status: 'failed',
    updated_at: Math.floor(Date.now() / 1000),
    error_message: `The job could not be queued: ${explainError(cause)}`,
  };
  try {
    await abandonJob(table, failed, expiresAt);
    emitMetrics({ JobsFailed: 1 }, fields);
  } catch (error) {
    log('error', 'job not marked as failed', { ...fields, error: explainError(error) });
  }
}

const unavailable = (what: string, fields: LogFields, cors: Headers): APIGatewayProxyResult =>
  answer(503, { message: `${what} Try again; if it stays so, quote request ${fields.request_id}.` }, cors, {
    'Retry-After': '2',
  });
