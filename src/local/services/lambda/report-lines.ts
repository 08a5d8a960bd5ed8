/**
 * The lines Lambda itself writes around an invocation, as text or JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
import type { FunctionRecord } from './records.ts';

export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly billedMs: number;
  readonly maxMemoryMb: number;
  readonly initMs?: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** Of a process that died. */
  readonly errorType?: string;
}

const round = (ms: number) => Number(ms.toFixed(2));

type Logged = Pick<FunctionRecord, 'logging' | 'version' | 'memorySize'>;

const json = (record: Logged) => record.logging.LogFormat === 'JSON';
const quiet = (record: Logged) => json(record) && record.logging.SystemLogLevel === 'WARN';

const platform = (now: number, type: string, fields: object) =>
  JSON.stringify({ time: new Date(now).toISOString(), type: `platform.${type}`, record: fields });

export function startLine(record: Logged, requestId: string, now: number): string | undefined {
  if (quiet(record)) return undefined;
  return json(record)
    ? platform(now, 'start', { requestId, version: record.version })
    : `START RequestId: ${requestId} Version: ${record.version}`;
}

export function endLines(record: Logged, report: Report, now: number): string[] {
  const { requestId, durationMs, billedMs, maxMemoryMb, initMs, status, errorType } = report;
  if (json(record)) {
    if (quiet(record) && status === 'success') return [];
    return [
      platform(now, 'report', {
        requestId,
        metrics: {
          durationMs: round(durationMs),
          billedDurationMs: billedMs,
          memorySizeMB: record.memorySize,
          maxMemoryUsedMB: maxMemoryMb,
          ...(initMs === undefined ? {} : { initDurationMs: round(initMs) }),
        },
        status,
        ...(errorType ? { errorType } : {}),
      }),
    ];
  }
  const fields = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${round(durationMs)} ms`,
    `Billed Duration: ${billedMs} ms`,
    `Memory Size: ${record.memorySize} MB`,
    `Max Memory Used: ${maxMemoryMb} MB`,
    ...(initMs === undefined ? [] : [`Init Duration: ${round(initMs)} ms`]),
    ...(status === 'success' ? [] : [`Status: ${status}`]),
    ...(errorType ? [`Error Type: ${errorType}`] : []),
  ];
  return [`END RequestId: ${requestId}`, fields.join('\t')];
}
