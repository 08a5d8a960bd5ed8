/**
 * Ships a function's log lines to CloudWatch Logs as its role, in batches and behind the invocation's back.
 * A role that may not write loses its logs, as on AWS; the host is told.
 */
import type { Timer } from '../../../core/clock.ts';
import { hasCode, type Invoke, ignoring, type ServiceEnvironment } from '../../service.ts';
import type { LogLine } from './environment.ts';

export interface LogWriter {
  write(line: LogLine): void;
  flush(): Promise<void>;
}

const flushAfter = 150;
/** A denied role is not asked again for every batch. */
const pauseAfterRefusal = 30_000;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const batchBytes = 900_000;
const batchEvents = 5000;
const longestEvent = 256 * 1024 - 26;

interface LogWriterOptions {
  readonly env: ServiceEnvironment;
  readonly invoke: Invoke;
  readonly group: string;
  readonly stream: string;
  /** Lines could not be written. */
  lost(lines: number, error: unknown): void;
}

export function createLogWriter({ env, invoke, group, stream, lost }: LogWriterOptions): LogWriter {
  let lines: LogLine[] = [];
  let bytes = 0;
  let timer: Timer | undefined;
  let made = false;
  let refusal: { readonly until: number; readonly error: unknown } | undefined;
  let sending = Promise.resolve();

  async function open(): Promise<void> {
    const exists = 'ResourceAlreadyExistsException';
    const createStream = () =>
      ignoring(invoke('logs', 'CreateLogStream', { logGroupName: group, logStreamName: stream }), exists);
    try {
      await createStream();
    } catch (error) {
      if (!hasCode(error, 'ResourceNotFoundException')) throw error;
      await ignoring(invoke('logs', 'CreateLogGroup', { logGroupName: group }), exists);
      await createStream();
    }
    made = true;
  }

  async function put(batch: readonly LogLine[]): Promise<void> {
    if (refusal && env.clock.now() < refusal.until) return lost(batch.length, refusal.error);
    try {
      if (!made) await open();
      await invoke('logs', 'PutLogEvents', {
        logGroupName: group,
        logStreamName: stream,
        logEvents: batch
          .toSorted((a, b) => a.time - b.time)
          .map(({ time, text }) => ({ timestamp: Math.floor(time), message: cut(text) })),
      });
    } catch (error) {
      refusal = { until: env.clock.now() + pauseAfterRefusal, error };
      lost(batch.length, error);
    }
  }

  function flush(): Promise<void> {
    timer?.cancel();
    timer = undefined;
    if (lines.length > 0) {
      const batch = lines;
      lines = [];
      bytes = 0;
      sending = sending.then(() => put(batch));
    }
    return sending;
  }

  return {
    write(line) {
      // An empty event is not accepted.
      if (line.text === '') return;
      lines.push(line);
      bytes += line.text.length + 26;
      if (bytes > batchBytes || lines.length >= batchEvents) void flush();
      else timer ??= env.clock.after(flushAfter, flush);
    },
    flush,
  };
}

const cut = (text: string) => (text.length > longestEvent ? text.slice(0, longestEvent) : text);
