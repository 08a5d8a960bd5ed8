/**
 * Structured logs and metrics, one JSON line each on standard output, for functions and the worker alike.
 * Metrics use CloudWatch's embedded metric format, so that writing a line is all that it takes to publish them
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 * Request bodies and signed URLs are never passed in here.
 */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

const units = {
  JobsCreated: 'Count',
  JobsCompleted: 'Count',
  JobsFailed: 'Count',
  ProcessingTime: 'Milliseconds',
} as const;

export type MetricName = keyof typeof units;
export type MetricValues = Readonly<Partial<Record<MetricName, number>>>;

// Not console.log: Lambda's runtime puts a prefix before its lines, and a line with a prefix is not JSON.
const writeLine = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

export const logLine = (level: LogLevel, message: string, fields: LogFields, now: number): string =>
  JSON.stringify({ level, time: new Date(now).toISOString(), message, ...fields });

export function log(level: LogLevel, message: string, fields: LogFields = {}): void {
  writeLine(logLine(level, message, fields, Date.now()));
}

/** Metrics without dimensions: the namespace names system and stage. The fields ride along to be searched. */
export function metricLine(namespace: string, values: MetricValues, fields: LogFields, now: number): string {
  const metrics = Object.keys(values).map((name) => ({ Name: name, Unit: units[name as MetricName] }));
  return JSON.stringify({
    level: 'info',
    time: new Date(now).toISOString(),
    message: 'metrics',
    ...fields,
    ...values,
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [[]], Metrics: metrics }],
    },
  });
}

export function emitMetrics(values: MetricValues, fields: LogFields = {}): void {
  const namespace = process.env.METRICS_NAMESPACE?.trim() || 'RoomDetection';
  writeLine(metricLine(namespace, values, fields, Date.now()));
}
