/** Runs of distributed Maps, as the API names them. */
import { parseArn } from '../../../core/arn.ts';
import type { StatesContext } from './context.ts';
import { invalidArn, noResource } from './errors.ts';
import type { ExecutionStatus, MapChildRecord, MapRunRecord } from './records.ts';

export const mapRunArn = (
  { env }: Pick<StatesContext, 'env'>,
  { machine, label, id }: MapRunRecord,
): string => env.arn('states', `mapRun:${machine}/${label}:${id}`);

export function findMapRun({ records }: StatesContext, arn = ''): MapRunRecord {
  const [, machine = '', label = '', id = ''] =
    /^mapRun:([^/:]+)\/([^:]+):([^:]+)$/.exec(parseArn(arn)?.resource ?? '') ?? [];
  if (id === '') throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const found = records.mapRuns.get([machine, label, id]);
  if (!found) throw noResource(arn);
  return found;
}

const names = {
  PENDING: 'pending',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
} as const;

/** How many children, or items of them, are in each status. */
export function countsOf(
  children: readonly MapChildRecord[],
  { resultsWritten, status }: MapRunRecord,
  weigh: (child: MapChildRecord) => number,
) {
  const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, timedOut: 0, aborted: 0, total: 0 };
  for (const child of children) {
    const name = names[child.status as Exclude<ExecutionStatus, 'PENDING_REDRIVE'> | 'PENDING'];
    counts[name] += weigh(child);
    counts.total += weigh(child);
  }
  const ended = counts.total - counts.pending - counts.running;
  return { ...counts, resultsWritten: status !== 'RUNNING' || resultsWritten ? ended : 0 };
}
