/**
 * Logs of executions, as Step Functions has them delivered: the role of the machine may set the delivery up, which then
 * writes by the log group's resource policy. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
import type { LoggingConfiguration } from '@aws-sdk/client-sfn';
import type { Caller } from '../../../iam/index.ts';
import { createLogWriter, type LogWriter } from '../../compute/functions/log-writer.ts';
import { allowDelivery, deliveryService } from '../../log-delivery.ts';
import { createLossReport } from '../../log-loss.ts';
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { EventRecord, ExecutionRecord } from './records.ts';

export const groupArnOf = (logging: LoggingConfiguration | undefined): string | undefined =>
  logging?.destinations?.[0]?.cloudWatchLogsLogGroup?.logGroupArn;

/** @throws when there is no log group, or the role may not have logs delivered to it */
export async function openDelivery(
  env: ServiceEnvironment,
  logging: LoggingConfiguration | undefined,
  role: Caller,
): Promise<void> {
  const arn = groupArnOf(logging);
  if (logging?.level === undefined || logging.level === 'OFF' || arn === undefined) return;
  if (!(await allowDelivery(env, role, arn)))
    throw new AwsError(
      'AccessDeniedException',
      'The state machine IAM Role is not authorized to access the Log Destination',
    );
}

/** By level: which events are told. https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level */
const fatal = /^Execution(?:Failed|TimedOut|Aborted)$/;
const errors = /(?:Failed|TimedOut|Aborted)$|^FailStateEntered$/;

const hidden = new Set(['input', 'output', 'parameters', 'cause', 'error', 'assignedVariables']);

export interface ExecutionLog {
  write(execution: ExecutionRecord, arn: string, logging: LoggingConfiguration, event: EventRecord): void;
  flush(): Promise<void>;
}

export function createExecutionLog(env: ServiceEnvironment): ExecutionLog {
  const writers = new Map<string, LogWriter>();
  const reportLoss = createLossReport(env);
  const writerOf = (machine: string, group: string): LogWriter => {
    const key = `${machine} ${group}`;
    let found = writers.get(key);
    if (!found) {
      const at = new Date(env.clock.now()).toISOString().replace(/[T:]/g, '-').slice(0, 16);
      found = createLogWriter({
        env,
        invoke: env.asService(deliveryService),
        group,
        stream: `states/${machine}/${at}/${env.randomId(8)}`,
        lost: (lines, error) => reportLoss(`state machine ${machine}`, group, lines, error),
      });
      writers.set(key, found);
    }
    return found;
  };
  return {
    write({ machine, redrives }, arn, logging, event) {
      const group = /:log-group:([^:]+)/.exec(groupArnOf(logging) ?? '')?.[1];
      const { level = 'OFF', includeExecutionData = false } = logging;
      if (group === undefined || level === 'OFF') return;
      if (level === 'FATAL' && !fatal.test(event.type ?? '')) return;
      if (level === 'ERROR' && !errors.test(event.type ?? '')) return;
      const { id, previousEventId, timestamp, type, ...rest } = event;
      const [details = {}] = Object.values(rest);
      writerOf(machine, group).write({
        time: timestamp,
        text: JSON.stringify({
          id: String(id),
          type,
          details: shown(details as Record<string, unknown>, includeExecutionData),
          previous_event_id: String(previousEventId),
          event_timestamp: String(timestamp),
          execution_arn: arn,
          redrive_count: String(redrives),
        }),
      });
    },
    async flush() {
      await Promise.allSettled([...writers.values()].map((writer) => writer.flush()));
    },
  };
}

const shown = (details: Record<string, unknown>, data: boolean): Record<string, unknown> =>
  data
    ? details
    : Object.fromEntries(
        Object.entries(details).filter(
          ([key]) => !hidden.has(key) && !hidden.has(key.replace('Details', '')),
        ),
      );
