/** The simulator against figures AWS publishes; the pages are named beside each. */
import { describe, expect, it, vi } from 'vitest';
import type { SystemModel, SystemNode } from '../../../../src/review/capacity/simulator/index.ts';
import { constant, entry, load, mean, node, run, steady, sum } from './support.ts';

/** A busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const fn = (more: Partial<Extract<SystemNode, { kind: 'function' }>> = {}): SystemNode => ({
  id: 'fn',
  kind: 'function',
  memoryMb: 1024,
  timeout: 900,
  service: constant(1),
  coldStart: constant(0),
  ...more,
});

const even = { arrivals: 'deterministic' } as const;

describe('API Gateway', () => {
  it('lets through its burst and then its rate (token bucket)', () => {
    const model: SystemModel = {
      nodes: [
        {
          id: 'api',
          kind: 'api',
          throttle: { rate: 50, burst: 100 },
          routes: [{ name: 'GET /', calls: [{ to: 'fn' }] }],
        },
        fn({ service: constant(0.001) }),
      ],
    };
    const profile = load('api', steady(200), 60, 0, even);
    for (const mode of ['exact', 'flow'] as const) {
      const { completed, errors, arrivals, inFlight } = entry(run(model, profile, { mode }));
      const passed = 100 + 50 * 60;
      expect(Math.abs(completed - passed)).toBeLessThanOrEqual(mode === 'exact' ? 1 : 0.01 * passed);
      expect(completed + errors.throttled + inFlight).toBeCloseTo(arrivals, 6);
    }
  });

  it('answers 504 after 29 s although the function goes on', () => {
    const model: SystemModel = {
      nodes: [
        { id: 'api', kind: 'api', routes: [{ name: 'GET /', calls: [{ to: 'fn' }] }] },
        fn({ service: constant(40) }),
      ],
    };
    const result = run(model, load('api', steady(1), 100, 0, even));
    // Those of the last 29 s have no answer yet.
    expect(entry(result).errors.timeout).toBe(71);
    expect(node(result, 'fn').totals.completed).toBe(60);
  });
});

describe('Lambda', () => {
  // docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html
  it('adds 1,000 environments at once and then 1,000 every 10 s', () => {
    const model: SystemModel = {
      account: { concurrency: 10_000 },
      nodes: [fn({ service: constant(60) })],
    };
    const result = run(model, load('fn', steady(2_000), 30, 0, even), { points: 30, mode: 'exact' });
    const running = node(result, 'fn').series.coldStarts ?? [];
    expect(sum(running.slice(0, 10))).toBeCloseTo(2_000, -1);
    expect(sum(running.slice(0, 20))).toBeCloseTo(3_000, -1);
    expect(sum(running)).toBeCloseTo(4_000, -1);
    expect(entry(result).errors.throttled).toBe(
      60_000 - node(result, 'fn').totals.arrivals + node(result, 'fn').totals.errors.throttled,
    );
  });

  it('needs rate × duration environments (concurrency formula of the same page)', () => {
    const result = run({ nodes: [fn({ service: constant(0.5) })] }, load('fn', steady(100), 120, 20, even));
    expect(mean(node(result, 'fn').series.busy ?? [])).toBeCloseTo(50, 6);
  });

  it('throttles at the account’s 1,000, shared by the functions without a reservation', () => {
    const model: SystemModel = {
      nodes: [
        fn({ id: 'a', service: constant(10) }),
        fn({ id: 'b', service: constant(10) }),
        fn({ id: 'c', service: constant(10), reservedConcurrency: 300 }),
      ],
    };
    const both = (to: string) => ({ id: to, to, rate: steady(60), ...even });
    const result = run(model, { duration: 60, warmUp: 30, entries: [both('a'), both('b'), both('c')] });
    const busy = (id: string) => mean(node(result, id).series.busy ?? []);
    expect(busy('a') + busy('b')).toBeCloseTo(700, -1);
    expect(busy('c')).toBeCloseTo(300, -1);
  });

  it('starts no environment cold as long as provisioned ones are free', () => {
    const result = run(
      { nodes: [fn({ provisionedConcurrency: 50, service: constant(0.5), coldStart: constant(2) })] },
      load('fn', steady(99), 60, 0, even),
    );
    expect(node(result, 'fn').totals.coldStarts).toBe(0);
    expect(entry(result).response.max).toBeCloseTo(0.5, 6);
    expect(node(result, 'fn').totals.provisionedGbSeconds).toBeCloseTo(50 * 60, 6);
  });

  it('bills memory × duration', () => {
    const result = run({ nodes: [fn({ memoryMb: 512 })] }, load('fn', steady(10), 61, 0, even));
    expect(node(result, 'fn').totals.gbSeconds).toBeCloseTo(0.5 * node(result, 'fn').totals.completed, 6);
  });
});

describe('Lambda event source mapping', () => {
  // docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
  const model = (more: Partial<Extract<SystemNode, { kind: 'poller' }>> = {}): SystemModel => ({
    account: { concurrency: 5_000 },
    nodes: [
      { id: 'queue', kind: 'queue', visibilityTimeout: 5_400 },
      fn({ service: constant(800) }),
      { id: 'poller', kind: 'poller', queue: 'queue', function: 'fn', batchSize: 1, ...more },
    ],
  });
  const burst = load('queue', { kind: 'spike', base: 0, peak: 3_000, at: 0, length: 1 }, 288, 0, even);

  it.each(['exact', 'flow'] as const)(
    'starts with 5 batches, adds 300 a minute and stops at 1,250 (%s)',
    (mode) => {
      const running = node(run(model(), burst, { mode, points: 288 }), 'poller').series.busy ?? [];
      const at = (second: number) => running[second] ?? Number.NaN;
      expect(at(1)).toBeLessThanOrEqual(15);
      for (const minute of [1, 2, 3, 4]) {
        expect(at(60 * minute)).toBeGreaterThan(5 + 300 * minute - 12);
        expect(at(60 * minute)).toBeLessThan(5 + 300 * minute + 12);
      }
      expect(at(280)).toBeCloseTo(1_250, 0);
    },
  );

  it.each(['exact', 'flow'] as const)('keeps to its maximum concurrency (%s)', (mode) => {
    const result = run(model({ maximumConcurrency: 40 }), burst, { mode });
    expect(node(result, 'poller').peak.busy).toBeCloseTo(40, 1);
    expect(node(result, 'fn').totals.errors.throttled).toBe(0);
  });
});

describe('SQS', () => {
  const poison = (maxReceiveCount: number): SystemModel => ({
    nodes: [
      { id: 'queue', kind: 'queue', visibilityTimeout: 30, maxReceiveCount, deadLetter: 'dead' },
      { id: 'dead', kind: 'queue' },
      {
        id: 'worker',
        kind: 'workers',
        takes: { kind: 'messages', queue: 'queue' },
        min: 5,
        desired: 5,
        max: 5,
        startUp: constant(0),
        concurrency: 1,
        service: constant(1),
        failure: 1,
      },
    ],
  });

  it('hands a failed message out again after the visibility timeout, and moves it after maxReceiveCount', () => {
    // One message at 10 s: received at 10, 40 and 70 s, moved at 100 s.
    const result = run(poison(3), load('queue', steady(0.1), 119, 0, even), { points: 119 });
    const received = (node(result, 'worker').series.arrivals ?? []).flatMap((count, at) =>
      count > 0 ? [at] : [],
    );
    for (const at of [10, 40, 70]) expect(received).toContain(at);
    const moved = (node(result, 'dead').series.arrivals ?? []).flatMap((count, at) =>
      count > 0 ? [at] : [],
    );
    expect(moved).toEqual([100, 110]);
    expect(entry(result).errors['dead-lettered']).toBe(2);
  });

  it.each(['exact', 'flow'] as const)('receives a poison message maxReceiveCount times (%s)', (mode) => {
    const profile = load('queue', { kind: 'spike', base: 0, peak: 2, at: 0, length: 100 }, 400);
    const result = run(poison(4), profile, { mode });
    const { sent = 0, redeliveries = 0 } = node(result, 'queue').totals;
    expect(node(result, 'worker').totals.arrivals / sent).toBeCloseTo(4, 1);
    expect(redeliveries).toBeGreaterThanOrEqual(3 * sent - 1e-6);
    expect(node(result, 'dead').totals.arrivals).toBeCloseTo(sent, 1);
    expect(entry(result).errors['dead-lettered'] / entry(result).arrivals).toBeCloseTo(1, 2);
  });

  it('is worked twice when processing takes longer than the visibility timeout', () => {
    const model = (visibilityTimeout: number): SystemModel => ({
      nodes: [
        { id: 'queue', kind: 'queue', visibilityTimeout },
        {
          id: 'worker',
          kind: 'workers',
          takes: { kind: 'messages', queue: 'queue' },
          min: 50,
          desired: 50,
          max: 50,
          startUp: constant(0),
          concurrency: 1,
          service: constant(45),
        },
      ],
    });
    const profile = load('queue', steady(0.5), 1_000, 0, even);
    const jobs = (visibility: number) => {
      const result = run(model(visibility), profile);
      return node(result, 'worker').totals.arrivals / node(result, 'queue').totals.arrivals;
    };
    expect(jobs(60)).toBeCloseTo(1, 1);
    expect(jobs(30)).toBeGreaterThan(1.9);
  });

  it('expires what nobody takes within the retention', () => {
    const model: SystemModel = { nodes: [{ id: 'queue', kind: 'queue', retention: 600 }] };
    const { errors, arrivals } = entry(run(model, load('queue', steady(1), 1_000, 0, even)));
    expect(errors.expired / arrivals).toBeCloseTo(0.4, 2);
  });
});
