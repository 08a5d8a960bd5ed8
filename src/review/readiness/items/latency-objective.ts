/** Are the stated latency objectives met? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const latencyObjective: Item = {
  id: 'latency-objective',
  area: 'performance',
  question: 'Are the stated latency objectives met?',
  next: 'State an objective for each route and job, measure its p95, and write latencies under rehearsals in slipway-measured.json.',
  reference: practice('performance-efficiency', 'perf_process_culture_establish_key_performance_indicators'),
  check: ({ localRun }) => {
    const timed = (localRun?.latencies ?? []).filter(({ objectiveMs }) => objectiveMs !== undefined);
    if (timed.length === 0)
      return answer('person', 'nobody', 'No local run measured a time beside an objective.');
    const slow = timed.filter(({ p95Ms, objectiveMs = 0 }) => p95Ms > objectiveMs);
    return answer(
      slow.length === 0 ? 'yes' : slow.length === timed.length ? 'no' : 'partly',
      'local-run',
      `${timed.length - slow.length} of ${timed.length} stated times were met on this machine on ${localRun?.measuredAt}.`,
      timed.map(({ what, p95Ms, objectiveMs = 0 }) => ({
        at: what,
        shows: `p95 ${p95Ms} ms, objective ${objectiveMs} ms`,
      })),
    );
  },
};
