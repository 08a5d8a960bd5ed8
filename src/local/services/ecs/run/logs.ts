/**
 * The awslogs driver: a container's lines to its log stream, as the execution role, in batches. A line that cannot
 * be written after three attempts is lost and the host is told, as in the driver's non-blocking mode.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html
 */
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { Timer } from '../../../../core/clock.ts';
import { createLossReport } from '../../../log-loss.ts';
import { AwsError, type ScopedInvoke, type ServiceEnvironment } from '../../../service.ts';

export interface ContainerLog {
  line(text: string): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

const batchMs = 100;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const longestBatch = 10_000;
const longestBytes = 1_048_576 - 26 * longestBatch;
const longestLine = 256 * 1024 - 26;

/** @throws AwsError when the stream cannot be made */
export async function openLog(
  env: ServiceEnvironment,
  container: ContainerDefinition,
  taskId: string,
  asRole: ScopedInvoke,
): Promise<ContainerLog | undefined> {
  const options = container.logConfiguration?.options;
  if (!options) return undefined;
  // The driver may write to another region than the task's.
  const region = options['awslogs-region'] ?? env.region;
  const invoke = asRole.inScope({ accountId: env.accountId, region });
  const logGroupName = options['awslogs-group'];
  const logStreamName = `${options['awslogs-stream-prefix']}/${container.name}/${taskId}`;
  if (options['awslogs-create-group'] === 'true')
    await invoke('logs', 'CreateLogGroup', { logGroupName }).catch(unlessExists);
  await invoke('logs', 'CreateLogStream', { logGroupName, logStreamName }).catch(unlessExists);

  const reportLoss = createLossReport(env);
  let lines: { timestamp: number; message: string }[] = [];
  let bytes = 0;
  let timer: Timer | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = async (logEvents: typeof lines) => {
    for (let attempt = 1; ; attempt++)
      try {
        await invoke('logs', 'PutLogEvents', { logGroupName, logStreamName, logEvents });
        return;
      } catch (error) {
        if (attempt < 3) continue;
        return reportLoss(`task ${taskId}`, logGroupName ?? '', logEvents.length, error);
      }
  };
  const flush = () => {
    timer?.cancel();
    timer = undefined;
    if (lines.length === 0) return;
    const batch = lines;
    lines = [];
    bytes = 0;
    writing = writing.then(() => write(batch));
  };
  return {
    line(text) {
      // CloudWatch Logs takes no empty message.
      if (text === '') return;
      const timestamp = env.clock.now();
      for (let from = 0; from < text.length; from += longestLine) {
        const message = text.slice(from, from + longestLine);
        const size = Buffer.byteLength(message);
        if (lines.length >= longestBatch || bytes + size > longestBytes) flush();
        lines.push({ timestamp, message });
        bytes += size;
      }
      timer ??= env.clock.after(batchMs, flush);
    },
    async close() {
      flush();
      await writing;
    },
  };
}

const unlessExists = (error: unknown) => {
  if (!(error instanceof AwsError) || error.code !== 'ResourceAlreadyExistsException') throw error;
};
