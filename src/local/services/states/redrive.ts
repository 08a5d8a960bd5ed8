/** Failed executions may go on from where they failed. https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html */
import type { StatesContext } from './context.ts';
import { mostEvents } from './engine/journal.ts';
import type { ExecutionRecord } from './records.ts';

const days = 14;

export function redriveStatus(
  { env, records }: Pick<StatesContext, 'env' | 'records'>,
  { group, name, status, stopped = 0 }: ExecutionRecord,
): { readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE'; readonly redriveStatusReason?: string } {
  const not = (redriveStatusReason: string) => ({
    redriveStatus: 'NOT_REDRIVABLE' as const,
    redriveStatusReason,
  });
  if (status === 'RUNNING') return not('Execution is RUNNING and cannot be redriven');
  if (status === 'SUCCEEDED') return not('Execution is SUCCEEDED and cannot be redriven');
  if (env.clock.now() - stopped > days * 24 * 3_600_000)
    return not(`Execution redrivable period of ${days} days has passed`);
  const [last] = [...records.history.entries({ prefix: [group, name], reverse: true, limit: 1 })];
  if (Number(last?.[0][2] ?? 0) >= mostEvents - 1) return not('Execution history event limit exceeded');
  return { redriveStatus: 'REDRIVABLE' };
}
