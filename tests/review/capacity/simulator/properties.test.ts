/** What holds for any model: conservation, sense, the same again by seed, and more capacity never worse. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type {
  Call,
  Distribution,
  LoadProfile,
  Rate,
  SimulationResult,
  SystemModel,
  SystemNode,
} from '../../../../src/review/capacity/simulator/index.ts';
import { constant, entry, exponential, load, node, run, servers, steady } from './support.ts';

/** Many small runs: a busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const time = fc.integer({ min: 1, max: 3_000 }).map((ms) => ms / 1000);
const distribution: fc.Arbitrary<Distribution> = fc.oneof(
  time.map((value) => constant(value)),
  time.map((value) => exponential(value)),
  fc
    .tuple(time, time)
    .map(([a, b]) => ({ kind: 'lognormal', p50: Math.min(a, b), p95: Math.max(a, b) }) as const),
  fc
    .tuple(time, time)
    .map(([a, b]) => ({ kind: 'uniform', min: Math.min(a, b), max: Math.max(a, b) }) as const),
  fc
    .tuple(time, fc.integer({ min: 1, max: 4 }))
    .map(([mean, shape]) => ({ kind: 'gamma', mean, shape }) as const),
);
const rate: fc.Arbitrary<Rate> = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map((r) => steady(r)),
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 30 }))
    .map(([base, peak]) => ({ kind: 'spike', base, peak, at: 30, length: 40 }) as const),
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))
    .map(([from, to]) => ({ kind: 'ramp', from, to, start: 10, length: 100 }) as const),
);
const share = fc.constantFrom(0, 0.05, 0.5, 1);

const calls = (targets: readonly string[]): fc.Arbitrary<Call[]> =>
  fc.array(
    fc.record({
      to: fc.constantFrom(...targets),
      probability: fc.constantFrom(0.3, 1),
      times: fc.constantFrom(1, 2),
      onError: fc.constantFrom('fail' as const, 'ignore' as const),
      retry: fc.constantFrom(undefined, { attempts: 3, base: 0.1, cap: 1 }),
    }),
    { maxLength: 3 },
  );

const model: fc.Arbitrary<SystemModel> = fc
  .record({
    apiCalls: calls(['fn', 'endpoint', 'queue']),
    fnCalls: calls(['database', 'endpoint', 'queue', 'table']),
    service: distribution,
    slow: distribution,
    failure: share,
    workerFailure: share,
    reserved: fc.constantFrom(undefined, 1, 5),
    visibility: fc.constantFrom(1, 20),
    receives: fc.constantFrom(1, 3),
    dead: fc.boolean(),
    delay: fc.constantFrom(0, 3),
    consumer: fc.constantFrom('workers', 'poller', 'both'),
    tasks: fc.integer({ min: 0, max: 4 }),
    whenFull: fc.constantFrom('error' as const, 'wait' as const),
    limit: fc.integer({ min: 1, max: 20 }),
    interruptions: fc.constantFrom(0, 60),
    givesBack: fc.boolean(),
    partial: fc.boolean(),
    window: fc.constantFrom(0, 2),
    timeout: fc.constantFrom(1, 60),
  })
  .map((m) => {
    const nodes: SystemNode[] = [
      {
        id: 'api',
        kind: 'api',
        throttle: { rate: m.limit, burst: m.limit },
        timeout: m.timeout,
        routes: [{ name: 'r', calls: m.apiCalls }],
      },
      {
        id: 'fn',
        kind: 'function',
        memoryMb: 512,
        timeout: m.timeout,
        service: m.service,
        coldStart: constant(0.5),
        keepWarm: 60,
        failure: m.failure,
        calls: m.fnCalls,
        async: { retries: 1, deadLetter: 'dead' },
        ...(m.reserved !== undefined && { reservedConcurrency: m.reserved }),
      },
      {
        id: 'consumer',
        kind: 'function',
        memoryMb: 128,
        timeout: m.timeout,
        service: m.slow,
        coldStart: constant(0.2),
        failure: m.workerFailure,
      },
      {
        id: 'queue',
        kind: 'queue',
        visibilityTimeout: m.visibility,
        delay: m.delay,
        retention: 100,
        ...(m.dead && { deadLetter: 'dead', maxReceiveCount: m.receives }),
      },
      { id: 'dead', kind: 'queue' },
      {
        id: 'database',
        kind: 'database',
        query: m.slow,
        maxConnections: m.limit,
        parallelism: 2,
        whenFull: m.whenFull,
      },
      { id: 'table', kind: 'database', query: constant(0.01), throttle: { rate: m.limit, burst: 2 } },
      {
        id: 'endpoint',
        kind: 'endpoint',
        min: 1,
        desired: 1,
        max: 3,
        startUp: constant(20),
        concurrency: 2,
        service: m.service,
        failure: m.failure,
        waiting: 5,
        timeout: 10,
        policies: [
          { kind: 'target-tracking', metric: 'invocations-per-instance', target: 30, scaleInCooldown: 30 },
        ],
      },
    ];
    if (m.consumer !== 'poller')
      nodes.push({
        id: 'workers',
        kind: 'workers',
        takes: { kind: 'messages', queue: 'queue' },
        min: m.tasks,
        desired: m.tasks,
        max: m.tasks + 3,
        startUp: constant(15),
        concurrency: 2,
        service: m.slow,
        failure: m.workerFailure,
        interruptionsPerHour: m.interruptions,
        givesBack: m.givesBack,
        stopGrace: 1,
        policies: [
          {
            kind: 'step',
            metric: 'queue-depth',
            comparison: '>',
            threshold: 3,
            evaluationPeriods: 1,
            period: 20,
            delay: 1,
            adjustment: 'change',
            steps: [{ lower: 0, amount: 1 }],
            cooldown: 20,
          },
        ],
      });
    if (m.consumer !== 'workers')
      nodes.push({
        id: 'poller',
        kind: 'poller',
        queue: 'queue',
        function: 'consumer',
        batchSize: 3,
        batchWindow: m.window,
        partialBatchResponses: m.partial,
      });
    return { account: { concurrency: 12 }, nodes };
  });

const profile: fc.Arbitrary<LoadProfile> = fc.record({
  duration: fc.constant(150),
  warmUp: fc.constantFrom(0, 40),
  entries: fc.tuple(rate, rate, rate).map(([a, b, c]) => [
    { id: 'load', to: 'api', rate: a, retry: { attempts: 3, base: 0.5, cap: 5 }, timeout: 20 },
    { id: 'messages', to: 'queue', rate: b },
    { id: 'events', to: 'fn', how: 'send' as const, rate: c },
  ]),
});

function sensible(result: SimulationResult): void {
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'number') {
      if (!(Number.isFinite(value) && value >= -1e-6)) throw new Error(`${path} is ${value}`);
    } else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`);
  };
  walk(result, 'result');
  const total = (errors: Readonly<Record<string, number>>) =>
    Object.values(errors).reduce((a, b) => a + b, 0);
  for (const { id, arrivals, completed, errors, inFlight, response, done } of result.entries) {
    const rest = arrivals - completed - total(errors) - inFlight;
    expect(Math.abs(rest), `conservation of ${id}`).toBeLessThan(1e-6 * (1 + arrivals));
    for (const { p50, p95, p99, max } of [response, done]) {
      expect(p50).toBeLessThanOrEqual(p95);
      expect(p95).toBeLessThanOrEqual(p99);
      expect(p99).toBeLessThanOrEqual(max);
    }
  }
  for (const { id, totals, times, series } of result.nodes) {
    const { arrivals, inFlightAtStart, completed, errors, inFlightAtEnd } = totals;
    const rest = arrivals + inFlightAtStart - completed - total(errors) - inFlightAtEnd;
    expect(Math.abs(rest), `conservation of ${id}`).toBeLessThan(1e-6 * (1 + arrivals));
    for (const values of Object.values(series)) expect(values).toHaveLength(times.length);
  }
}

describe('any model', () => {
  it.each([
    ['exact', 40],
    ['flow', 20],
  ] as const)(
    'in %s mode conserves requests, gives no NaN and is the same again by its seed',
    (mode, runs) => {
      fc.assert(
        fc.property(model, profile, fc.nat(), (m, p, seed) => {
          const result = run(m, p, { mode, seed, points: 20 });
          sensible(result);
          expect(JSON.stringify(run(m, p, { mode, seed, points: 20 }))).toBe(JSON.stringify(result));
        }),
        { numRuns: runs, seed: 4 },
      );
    },
  );

  it('answers differently to another seed', () => {
    const profile = load('pool', steady(2), 100);
    const of = (seed: number) => entry(run(servers(3, exponential(1)), profile, { seed })).response.mean;
    expect(of(1)).not.toBe(of(2));
    expect(of(7)).toBe(of(7));
  });

  it('leaves the draws of the others alone when a node is added', () => {
    const small = servers(3, exponential(1));
    const large: SystemModel = { nodes: [{ id: 'aside', kind: 'queue' }, ...small.nodes] };
    const profile = load('pool', steady(2), 500);
    expect(node(run(large, profile), 'pool')).toEqual(node(run(small, profile), 'pool'));
  });
});

describe('more capacity is never worse', () => {
  it('on the same draws no percentile of a line rises with another server', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        distribution,
        fc.integer({ min: 1, max: 8 }),
        fc.nat(),
        (count, service, r, seed) => {
          const of = (c: number) =>
            entry(run(servers(c, service), load('pool', steady(r), 120), { seed, mode: 'exact' }));
          const [less, more] = [of(count), of(count + 1)];
          expect(more.completed).toBeGreaterThanOrEqual(less.completed);
          if (less.inFlight > 0) return;
          expect(more.response.mean).toBeLessThanOrEqual(less.response.mean + 1e-9);
          expect(more.response.p95).toBeLessThanOrEqual(less.response.p95 + 1e-9);
          expect(more.response.max).toBeLessThanOrEqual(less.response.max + 1e-9);
        },
      ),
      { numRuns: 60, seed: 4 },
    );
  });

  it.each(['exact', 'flow'] as const)('fewer are throttled with more reserved concurrency (%s)', (mode) => {
    const of = (reserved: number) => {
      const fn: SystemNode = {
        id: 'fn',
        kind: 'function',
        memoryMb: 128,
        timeout: 60,
        reservedConcurrency: reserved,
        service: exponential(0.5),
        coldStart: constant(0),
      };
      return entry(run({ nodes: [fn] }, load('fn', steady(20), 600), { mode })).errors.throttled;
    };
    const throttled = [5, 8, 11, 14].map(of);
    for (const [i, count] of throttled.entries())
      if (i > 0) expect(count).toBeLessThan(throttled[i - 1] ?? 0);
  });
});
