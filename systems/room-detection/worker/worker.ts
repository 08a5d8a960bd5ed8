/**
 * The worker: `node worker.mjs` serves the queue until SIGTERM, `node worker.mjs --health` asks a running one
 * and exits 0 or 1. Credentials, region and endpoints come from the platform.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { explainError } from '../shared/explain-error.ts';
import { log } from '../shared/log.ts';
import { createDetector } from './detector.ts';
import { askHealth, createHealthRecord, startHealthServer } from './health.ts';
import { runJob } from './job-runner.ts';
import { receiveLimit, startPoller } from './poller.ts';
import { healthAddress, readSettings } from './settings.ts';

/** The task has 512 MB: this much for the plan in hand, the rest for the worker itself. */
const detectionMegabytes = 256;

async function serve(): Promise<void> {
  const settings = readSettings();
  const s3 = new S3Client({});
  const sqs = new SQSClient({});
  const dynamodb = new DynamoDBClient({ maxAttempts: 5 });
  const health = createHealthRecord(Date.now, (settings.detectionSeconds + 60) * 1000);
  const server = await startHealthServer(health, settings.host, settings.port);
  const detector = createDetector({
    script: new URL('./detector-thread.mjs', import.meta.url),
    timeoutSeconds: settings.detectionSeconds,
    memoryMegabytes: detectionMegabytes,
  });
  await warmUp(detector.detect('warm-up', warmUpPlan), s3, dynamodb);
  const runner = {
    table: { client: dynamodb, name: settings.tableName },
    s3,
    inputBucket: settings.inputBucket,
    outputBucket: settings.outputBucket,
    detector,
    maxReceiveCount: receiveLimit(sqs, settings.queueUrl, settings.maxReceiveCount),
  };
  const poller = startPoller({ ...settings, sqs, health, run: (receipt) => runJob(receipt, runner) });
  log('info', 'worker started', { port: settings.port, concurrency: settings.concurrency });

  const stop = async (signal: string): Promise<void> => {
    log('info', 'signal received', { signal });
    await poller.stop(settings.graceSeconds);
    server.close();
    await detector.close();
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop('SIGTERM'));
  process.once('SIGINT', () => void stop('SIGINT'));
  await poller.finished;
}

const warmUpPlan = JSON.stringify({
  walls: [
    { type: 'line', start: [0, 0], end: [4, 0] },
    { type: 'line', start: [4, 0], end: [4, 3] },
    { type: 'line', start: [4, 3], end: [0, 3] },
    { type: 'line', start: [0, 3], end: [0, 0] },
  ],
});

/** Loads the detection code and the task's credentials before the first job has to wait for them. */
async function warmUp(detection: Promise<unknown>, s3: S3Client, dynamodb: DynamoDBClient): Promise<void> {
  const outcomes = await Promise.allSettled([
    detection,
    s3.config.credentials(),
    dynamodb.config.credentials(),
  ]);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') log('warn', 'warm-up failed', { error: explainError(outcome.reason) });
  }
}

if (process.argv.includes('--health')) {
  const { host, port } = healthAddress();
  const { healthy, text } = await askHealth(host, port);
  process.stdout.write(`${text}\n`);
  process.exit(healthy ? 0 : 1);
} else {
  serve().catch((error) => {
    log('error', 'worker stopped', { error: explainError(error) });
    process.exit(1);
  });
}
