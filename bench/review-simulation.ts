/**
 * Speed of the review's capacity simulation: an api, function, table, queue and scaling workers over a day at 1,000
 * requests a second, and how time grows with load, with simulated time and with requests in the exact mode. Seconds
 * are of processor time, so that a busy machine does not matter. Nothing fails on a time. `npx tsx bench/review-simulation.ts` runs it.
 */
import { basename } from 'node:path';
import {
  type LoadProfile,
  type Rate,
  type SimulationMode,
  type SystemModel,
  simulate,
} from '../src/review/capacity/simulator/index.ts';

export interface SimulationRow {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly aim?: string;
  readonly met?: boolean;
  readonly note?: string;
}

const day = 86_400;
/** The aim: a day at 1,000 requests a second on one core. */
const aimSeconds = 10;

const lognormal = (p50: number, p95: number) => ({ kind: 'lognormal', p50, p95 }) as const;

const system = (rate: number): SystemModel => ({
  account: { concurrency: Math.max(1_000, rate) },
  nodes: [
    { id: 'api', kind: 'api', routes: [{ name: 'POST /jobs', calls: [{ to: 'create' }] }] },
    {
      id: 'create',
      kind: 'function',
      memoryMb: 256,
      timeout: 10,
      service: lognormal(0.05, 0.12),
      coldStart: lognormal(0.4, 0.8),
      calls: [{ to: 'table' }, { to: 'queue' }],
    },
    { id: 'table', kind: 'database', query: lognormal(0.004, 0.01) },
    { id: 'queue', kind: 'queue', visibilityTimeout: 60, maxReceiveCount: 3, deadLetter: 'dead' },
    { id: 'dead', kind: 'queue' },
    {
      id: 'worker',
      kind: 'workers',
      takes: { kind: 'messages', queue: 'queue' },
      min: 2,
      desired: Math.ceil(rate / 8) + 2,
      max: rate + 10,
      startUp: lognormal(40, 60),
      concurrency: 4,
      service: lognormal(0.2, 0.6),
      failure: 0.001,
      policies: [{ kind: 'target-tracking', metric: 'cpu-utilisation', target: 60 }],
    },
  ],
});

const daily = (mean: number): Rate => ({ kind: 'daily', mean, peakRatio: 1.8 });

function seconds(rate: number, duration: number, mode?: SimulationMode): { time: number; requests: number } {
  const profile: LoadProfile = { duration, entries: [{ id: 'jobs', to: 'api', rate: daily(rate) }] };
  const begun = process.cpuUsage();
  const outcome = simulate(system(rate), profile, mode ? { mode } : {});
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  const used = process.cpuUsage(begun);
  return { time: (used.user + used.system) / 1e6, requests: outcome.result.entries[0]?.arrivals ?? 0 };
}

const whole = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 });

export function reviewSimulation(): SimulationRow[] {
  seconds(10, 3_600);
  const rows: SimulationRow[] = [];
  const add = (what: string, run: { time: number; requests: number }, more: Partial<SimulationRow> = {}) =>
    rows.push({ what, value: run.time, unit: 's CPU', note: `${whole(run.requests)} requests`, ...more });
  const full = seconds(1_000, day);
  add('simulation: a day at 1,000 requests a second', full, {
    aim: `under ${aimSeconds} s on one core`,
    met: full.time < aimSeconds,
  });
  for (const rate of [100, 10_000]) add(`simulation: a day at ${whole(rate)} a second`, seconds(rate, day));
  for (const days of [7, 30]) add(`simulation: ${days} days at 1,000 a second`, seconds(1_000, days * day));
  for (const rate of [1, 10, 100])
    add(`exact simulation: an hour at ${rate} a second`, seconds(rate, 3_600, 'exact'));
  rows.push({
    what: 'simulation: memory after all of this',
    value: process.memoryUsage.rss() / 1e6,
    unit: 'MB',
    note: 'histograms and series do not grow with requests',
  });
  return rows;
}

// By name: bundled into another script, this file's address is that script's.
if (basename(process.argv[1] ?? '') === 'review-simulation.ts')
  for (const { what, value, unit, aim, note } of reviewSimulation())
    console.log(
      `${what.padEnd(50)} ${value.toFixed(2).padStart(8)} ${unit}  ${note ?? ''}${aim ? ` (aim: ${aim})` : ''}`,
    );
