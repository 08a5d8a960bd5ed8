/** `GET /jobs/{job_id}`: the record as the contract shows it, with a presigned URL once there is a result. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { positiveInteger, required } from '../shared/environment.ts';
import { explainError } from '../shared/explain-error.ts';
import { type JobRecord, viewOf } from '../shared/job.ts';
import { isJobId } from '../shared/job-id.ts';
import { readJob } from '../shared/jobs-table.ts';
import { log } from '../shared/log.ts';
import { answer, corsHeaders, headerOf } from './answers.ts';

const table = { client: new DynamoDBClient({}), name: required('TABLE_NAME') };
// Without it every URL asks for checksums that a browser does not verify.
const s3 = new S3Client({ responseChecksumValidation: 'WHEN_REQUIRED' });
const bucket = required('OUTPUT_BUCKET');
const allowedOrigin = required('ALLOWED_ORIGIN');
const urlSeconds = positiveInteger('OUTPUT_URL_SECONDS', 900);

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  const requestId = event.requestContext?.requestId ?? context.awsRequestId;
  const cors = corsHeaders(allowedOrigin, headerOf(event, 'origin'));
  const id = event.pathParameters?.job_id ?? '';
  if (!isJobId(id)) {
    log('info', 'job id refused', { request_id: requestId, status_code: 400 });
    return answer(400, { message: 'This is not a job id: expected job_ and 26 letters and digits.' }, cors);
  }
  const fields = { request_id: requestId, job_id: id };
  try {
    const record = await readJob(table, id);
    if (record === undefined) {
      log('info', 'job unknown', { ...fields, status_code: 404 });
      return answer(404, { message: `There is no job ${id}: it never was, or it has expired.` }, cors);
    }
    const view = viewOf(record, await outputUrl(record));
    log('info', 'job read', { ...fields, status: record.status });
    return answer(200, view, cors);
  } catch (error) {
    log('error', 'job not read', { ...fields, error: explainError(error) });
    const message = `The job could not be read. Try again; if it stays so, quote request ${requestId}.`;
    return answer(503, { message }, cors, { 'Retry-After': '2' });
  }
}

async function outputUrl(record: JobRecord): Promise<string | undefined> {
  if (record.status !== 'completed' || record.output_s3_key === undefined) return undefined;
  const command = new GetObjectCommand({ Bucket: bucket, Key: record.output_s3_key });
  return getSignedUrl(s3, command, { expiresIn: urlSeconds });
}
