/** What the worker is started with. The stack sets the names; the rest has defaults that fit the task's size. */
import { positiveInteger, required } from '../shared/environment.ts';

export interface Settings {
  readonly tableName: string;
  readonly inputBucket: string;
  readonly outputBucket: string;
  readonly queueUrl: string;
  readonly host: string;
  readonly port: number;
  /** Jobs in hand at once; their network calls overlap, detection itself runs one at a time. */
  readonly concurrency: number;
  readonly visibilitySeconds: number;
  readonly graceSeconds: number;
  readonly detectionSeconds: number;
  /** Receives before SQS moves a message away; read from the queue when not set. */
  readonly maxReceiveCount: number | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

export const healthAddress = (from: Environment = process.env): { host: string; port: number } => ({
  host: from.HOST?.trim() || '0.0.0.0',
  port: positiveInteger('PORT', 8080, from),
});

export function readSettings(from: Environment = process.env): Settings {
  return {
    ...healthAddress(from),
    tableName: required('TABLE_NAME', from),
    inputBucket: required('INPUT_BUCKET', from),
    outputBucket: required('OUTPUT_BUCKET', from),
    queueUrl: required('QUEUE_URL', from),
    concurrency: positiveInteger('CONCURRENCY', 10, from),
    visibilitySeconds: positiveInteger('VISIBILITY_TIMEOUT', 60, from),
    graceSeconds: positiveInteger('SHUTDOWN_GRACE_SECONDS', 20, from),
    detectionSeconds: positiveInteger('DETECTION_TIMEOUT_SECONDS', 120, from),
    maxReceiveCount: from.MAX_RECEIVE_COUNT ? positiveInteger('MAX_RECEIVE_COUNT', 3, from) : undefined,
  };
}
