/** Scaling of tasks against figures AWS publishes. */
import { describe, expect, it, vi } from 'vitest';
import type { SystemModel, SystemNode } from '../../../../src/review/capacity/simulator/index.ts';
import { constant, load, node, run, steady } from './support.ts';

/** A busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const even = { arrivals: 'deterministic' } as const;

/**
 * github.com/aws/containers-roadmap/issues/2113: with 60 s metrics 363 s until scale-out is triggered and 386 s until
 * the tasks run; with 20 s metrics 86 s and 109 s. Reproduced: the order of three periods, alignment with the period,
 * delay, start-up. Read off and not predicted: the delay (153 s and 16 s) and the 23 s of provisioning. Not known: the
 * load of that benchmark; here it steps from 20 % to 60 % CPU, target 50 %, at any moment of a period.
 */
describe('ECS target tracking', () => {
  const service = (period: number, delay?: number): SystemModel => ({
    nodes: [
      {
        id: 'web',
        kind: 'workers',
        takes: { kind: 'requests', timeout: 5 },
        min: 2,
        desired: 2,
        max: 20,
        startUp: constant(23),
        concurrency: 10,
        service: constant(0.1),
        policies: [
          {
            kind: 'target-tracking',
            metric: 'cpu-utilisation',
            target: 50,
            alarm: { period, ...(delay !== undefined && { delay }) },
          },
        ],
      },
    ],
  });
  const triggers = (period: number, delay?: number) =>
    Array.from({ length: 6 }, (_, i) => {
      const at = 600 + (i * period) / 6;
      const profile = load('web', { kind: 'spike', base: 40, peak: 120, at, length: 900 }, at + 600, 0, even);
      const web = node(run(service(period, delay), profile, { points: 200 }), 'web');
      const first = web.scaling?.find((event) => event.at > at);
      const width = (at + 600) / 200;
      const more = (web.series.running ?? []).findIndex(
        (count, bucket) => bucket * width > at && count > 2.01,
      );
      return { trigger: (first?.at ?? Number.NaN) - at, ready: (more + 1) * width - at, width };
    });

  it.each([
    [60, 363, 386],
    [20, 86, 109],
  ])(
    'at %i s metrics AWS’s %i s to trigger and %i s to new tasks lie within the spread',
    (period, trigger, ready) => {
      const seen = triggers(period);
      const times = seen.map((one) => one.trigger);
      expect(Math.min(...times)).toBeLessThanOrEqual(trigger);
      expect(Math.max(...times) + 1).toBeGreaterThanOrEqual(trigger);
      expect(Math.max(...times) - Math.min(...times)).toBeLessThanOrEqual(period);
      for (const one of seen)
        expect(Math.abs(one.ready - one.trigger - (ready - trigger))).toBeLessThan(2 * one.width);
    },
  );

  it('the alarms alone explain 3 periods, not the 363 s: the rest is the delay read off the benchmark', () => {
    for (const { trigger } of triggers(60, 0)) {
      expect(trigger).toBeGreaterThanOrEqual(120);
      expect(trigger).toBeLessThanOrEqual(240);
    }
  });

  it('scales in after fifteen quiet periods', () => {
    const profile = load('web', steady(20), 3_600, 0, even);
    const model = service(60, 0);
    const [web] = model.nodes;
    if (web?.kind !== 'workers') throw new Error('not workers');
    const result = run({ nodes: [{ ...web, desired: 8 }] }, profile);
    const first = node(result, 'web').scaling?.[0];
    expect(first?.at).toBe(900);
    // 2 of 80 slots busy: 2.5 % of 8 tasks at a target of 50 % needs one, and the minimum is two.
    expect(first).toMatchObject({ from: 8, to: 2 });
  });

  it('scales out in proportion, and for the same load does not scale again', () => {
    const profile = load(
      'web',
      { kind: 'spike', base: 40, peak: 160, at: 600, length: 3_000 },
      3_000,
      0,
      even,
    );
    const events = node(run(service(60, 0), profile), 'web').scaling ?? [];
    // 16 busy slots at 50 % of 10 per task are 3.2 tasks: four.
    expect(events.map(({ from, to }) => [from, to])).toEqual([[2, 4]]);
  });
});

describe('scaling by steps and schedule', () => {
  const workers = (more: Partial<Extract<SystemNode, { kind: 'workers' }>>): SystemModel => ({
    nodes: [
      { id: 'queue', kind: 'queue', visibilityTimeout: 300 },
      {
        id: 'worker',
        kind: 'workers',
        takes: { kind: 'messages', queue: 'queue' },
        min: 1,
        desired: 1,
        max: 10,
        startUp: constant(60),
        concurrency: 1,
        service: constant(10),
        ...more,
      },
    ],
  });

  it('adds by the step the queue depth falls into', () => {
    const model = workers({
      policies: [
        {
          kind: 'step',
          metric: 'queue-depth',
          comparison: '>=',
          threshold: 10,
          evaluationPeriods: 1,
          delay: 0,
          adjustment: 'change',
          steps: [
            { lower: 0, upper: 90, amount: 1 },
            { lower: 90, amount: 4 },
          ],
        },
      ],
    });
    const profile = load('queue', { kind: 'spike', base: 0, peak: 50, at: 0, length: 4 }, 200, 0, even);
    const events = node(run(model, profile), 'worker').scaling ?? [];
    expect(events[0]).toMatchObject({ at: 60, from: 1, to: 5 });
  });

  it('moves the bounds at their times', () => {
    const model = workers({
      scheduled: [
        { at: 600, min: 4 },
        { at: 1_200, min: 1, max: 2 },
      ],
    });
    const events = node(run(model, load('queue', steady(0.01), 2_000)), 'worker').scaling ?? [];
    expect(events.map(({ at, to }) => [at, to])).toEqual([
      [600, 4],
      [1_200, 2],
    ]);
  });

  it('launches Fargate tasks at 20 a second after a burst of 100', () => {
    const model = workers({ max: 400, startUp: constant(0), scheduled: [{ at: 10, min: 300 }] });
    const running =
      node(run(model, load('queue', steady(0.01), 40), { points: 40 }), 'worker').series.running ?? [];
    // 299 launches: 100 at once, the last of the other 199 after 10 s.
    expect(running[10]).toBeGreaterThan(100);
    expect(running[15]).toBeLessThan(230);
    expect(running[21]).toBe(300);
  });
});
