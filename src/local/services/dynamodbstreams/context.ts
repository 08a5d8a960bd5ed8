/** What the operations share. */
import { AwsError, type ServiceEnvironment } from '../../service.ts';
import type { StreamLog, StreamRecord } from '../../table-streams/log.ts';

export interface StreamsContext {
  readonly env: ServiceEnvironment;
  readonly log: StreamLog;
}

const noStream = (arn: string) =>
  new AwsError('ResourceNotFoundException', `Requested resource not found: Stream: ${arn} not found`);
export const invalid = (message: string) => new AwsError('ValidationException', message);

export function findStream({ log }: StreamsContext, arn = ''): StreamRecord {
  const stream = log.streams.get(arn);
  if (!stream) throw noStream(arn);
  return stream;
}

/** As long as AWS's, and in the order of the numbers. */
export const sequenceText = (sequence: number): string => `1${String(sequence).padStart(20, '0')}`;
export const sequenceOf = (text: string): number => Number(text.slice(1));
