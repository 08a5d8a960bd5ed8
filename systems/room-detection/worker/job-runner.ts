/**
 * Takes one message through its job: mark, download, detect, upload, complete, delete. The message is deleted
 * only when the job is completed, or when there is nothing left to do for it (already completed by an earlier
 * delivery, or its record has expired).
 */
import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { explainError } from '../shared/explain-error.ts';
import { type JobMessage, outputKey, readJobMessage } from '../shared/job.ts';
import { type JobsTable, type Move, moveJob } from '../shared/jobs-table.ts';
import { emitMetrics, type LogFields, log } from '../shared/log.ts';
import { BadPlanError, type Detector } from './detector.ts';
import type { Receipt } from './receipt.ts';
import { judgeFailure } from './retry-policy.ts';

export interface JobRunner {
  readonly table: JobsTable;
  readonly s3: S3Client;
  readonly inputBucket: string;
  readonly outputBucket: string;
  readonly detector: Detector;
  readonly maxReceiveCount: () => Promise<number>;
}

const unixSeconds = (): number => Math.floor(Date.now() / 1000);

export async function runJob(receipt: Receipt, runner: JobRunner): Promise<void> {
  const message = readJobMessage(receipt.body);
  if (message === undefined) {
    log('error', 'message is not a job', {
      message_id: receipt.messageId,
      receive_count: receipt.receiveCount,
    });
    await receipt.giveBack(0);
    return;
  }
  const fields = {
    job_id: message.job_id,
    message_id: receipt.messageId,
    receive_count: receipt.receiveCount,
    queued_ms: receipt.queuedMilliseconds,
  };
  try {
    await attempt(message, receipt, runner, fields);
  } catch (error) {
    await failed(message, receipt, runner, fields, error);
  } finally {
    receipt.release();
  }
}

async function attempt(
  message: JobMessage,
  receipt: Receipt,
  runner: JobRunner,
  fields: LogFields,
): Promise<void> {
  const started = performance.now();
  const [move, plan] = await Promise.all([
    moveJob(runner.table, message.job_id, 'processing', unixSeconds()),
    download(message, runner),
  ]);
  if (move.kind === 'refused') {
    await skip(move, receipt, fields);
    return;
  }
  if (plan instanceof Error) throw plan;
  const detection = await runner.detector.detect(message.job_id, plan);
  const key = outputKey(message.job_id);
  await runner.s3.send(
    new PutObjectCommand({
      Bucket: runner.outputBucket,
      Key: key,
      Body: detection.output,
      ContentType: 'application/json',
    }),
  );
  const milliseconds = performance.now() - started;
  const completion = await moveJob(runner.table, message.job_id, 'completed', unixSeconds(), {
    output_s3_key: key,
    processing_time: Math.round(milliseconds) / 1000,
    rooms_count: detection.roomsCount,
    confidence_score: detection.confidenceScore,
  });
  if (completion.kind === 'refused') {
    await skip(completion, receipt, fields);
    return;
  }
  log('info', 'job completed', { ...fields, rooms_count: detection.roomsCount });
  emitMetrics({ JobsCompleted: 1, ProcessingTime: Math.round(milliseconds * 10) / 10 }, fields);
  await removeFinished(receipt, fields);
}

/** A failed download is handed over as a value: the job may turn out to need no download at all. */
async function download(message: JobMessage, runner: JobRunner): Promise<string | Error> {
  try {
    const object = await runner.s3.send(
      new GetObjectCommand({ Bucket: runner.inputBucket, Key: message.input_s3_key }),
    );
    return (await object.Body?.transformToString()) ?? new Error('The stored plan is empty.');
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Redelivery is harmless: the condition on the record says that there is nothing left to do. */
async function skip(
  move: Extract<Move, { kind: 'refused' }>,
  receipt: Receipt,
  fields: LogFields,
): Promise<void> {
  if (move.current !== 'completed' && move.current !== 'missing') {
    throw new Error(`The job changed to ${move.current} while this attempt was running.`);
  }
  log('info', 'message already served', { ...fields, status: move.current });
  await removeFinished(receipt, fields);
}

/** The job is done whether or not its message goes away: one left behind is recognised when it comes back. */
async function removeFinished(receipt: Receipt, fields: LogFields): Promise<void> {
  try {
    await receipt.remove();
  } catch (error) {
    log('warn', 'message not deleted', { ...fields, error: explainError(error) });
  }
}

async function failed(
  message: JobMessage,
  receipt: Receipt,
  runner: JobRunner,
  fields: LogFields,
  cause: unknown,
): Promise<void> {
  const reason = explainError(cause);
  log('error', 'job attempt failed', { ...fields, error: reason });
  const maxReceiveCount = await runner.maxReceiveCount();
  const verdict = judgeFailure({
    receiveCount: receipt.receiveCount,
    maxReceiveCount,
    permanent: cause instanceof BadPlanError,
  });
  if (verdict.markFailed) await markFailed(message, runner, fields, reason);
  await receipt.giveBack(verdict.visibleInSeconds);
}

async function markFailed(
  message: JobMessage,
  runner: JobRunner,
  fields: LogFields,
  reason: string,
): Promise<void> {
  try {
    const move = await moveJob(runner.table, message.job_id, 'failed', unixSeconds(), {
      error_message: reason,
    });
    if (move.kind === 'refused') return;
    log('error', 'job failed', { ...fields, error: reason });
    emitMetrics({ JobsFailed: 1 }, fields);
  } catch (error) {
    log('error', 'job not marked as failed', { ...fields, error: explainError(error) });
  }
}
