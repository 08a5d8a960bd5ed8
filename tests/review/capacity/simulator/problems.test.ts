/** Bad input comes back as problems that name the field; nothing is thrown. */
import { describe, expect, it, vi } from 'vitest';
import {
  type LoadProfile,
  type SystemModel,
  type SystemNode,
  simulate,
} from '../../../../src/review/capacity/simulator/index.ts';
import { constant, load, servers, steady } from './support.ts';

/** A busy machine may take long, and no test fails on a time. */
vi.setConfig({ testTimeout: 300_000 });

const fn = (more: Partial<Extract<SystemNode, { kind: 'function' }>> = {}): SystemNode => ({
  id: 'fn',
  kind: 'function',
  memoryMb: 128,
  timeout: 3,
  service: constant(0.1),
  coldStart: constant(0),
  ...more,
});

const pool = servers(2, constant(1));
const [worker] = pool.nodes;
const changed = (more: object): SystemModel => ({ nodes: worker ? [{ ...worker, ...more }] : [] });
const good = load('pool', steady(1), 60);

function fields(model: SystemModel, profile: LoadProfile): string[] {
  const outcome = simulate(model, profile);
  return outcome.ok ? [] : outcome.problems.map(({ field, message }) => `${field}: ${message}`);
}

describe('problems of the input', () => {
  it('are none for a good model', () => {
    expect(fields(pool, good)).toEqual([]);
  });

  it.each<[string, SystemModel, LoadProfile, string]>([
    [
      'a negative rate',
      pool,
      load('pool', steady(-1), 60),
      'profile.entries[0].rate.rate: must not be negative',
    ],
    [
      'a rate that is no number',
      pool,
      load('pool', steady(Number.NaN), 60),
      'profile.entries[0].rate.rate: must be a finite',
    ],
    [
      'a negative number with its origin',
      changed({ concurrency: { value: -1, source: 'template' } }),
      good,
      'nodes[0](pool).concurrency.value: must not be negative',
    ],
    [
      'an unknown target',
      pool,
      load('nowhere', steady(1), 60),
      'profile.entries[0].to: names no node: nowhere',
    ],
    ['min above max', changed({ min: 5, max: 2 }), good, 'nodes[0](pool).min: must not exceed max: 5 > 2'],
    ['desired outside', changed({ desired: 9 }), good, 'nodes[0](pool).desired: must be from min to max'],
    ['a share above 1', changed({ failure: 2 }), good, 'nodes[0](pool).failure: is a share'],
    [
      'quantiles that fall',
      changed({
        service: {
          kind: 'quantiles',
          points: [
            [0, 2],
            [1, 1],
          ],
        },
      }),
      good,
      'nodes[0](pool).service.points: must rise',
    ],
    [
      'a p95 below p50',
      changed({ service: { kind: 'lognormal', p50: 2, p95: 1 } }),
      good,
      'nodes[0](pool).service.p95: must not be below p50',
    ],
    [
      'two nodes of one id',
      { nodes: [...pool.nodes, ...pool.nodes] },
      good,
      'nodes[1](pool).id: is used by another',
    ],
    [
      'a call to nobody',
      { nodes: [fn({ calls: [{ to: 'ghost' }] })] },
      load('fn', steady(1), 60),
      'nodes[0](fn).calls[0].to: names no node: ghost',
    ],
    [
      'a FIFO queue, by name',
      { nodes: [{ id: 'orders', kind: 'queue', fifo: true }] },
      load('orders', steady(1), 60),
      'nodes[0](orders).fifo: FIFO queues are not simulated',
    ],
    [
      'a dead-letter queue that is a function',
      { nodes: [fn(), { id: 'q', kind: 'queue', deadLetter: 'fn', maxReceiveCount: 1 }] },
      load('q', steady(1), 60),
      'nodes[1](q).deadLetter: must be queue, fn is function',
    ],
    [
      'a function that calls itself',
      { nodes: [fn({ calls: [{ to: 'fn' }] })] },
      load('fn', steady(1), 60),
      'nodes(fn): causes itself without end: fn → fn',
    ],
    [
      'a queue that feeds itself',
      {
        nodes: [
          { id: 'q', kind: 'queue' },
          fn({ calls: [{ to: 'q' }] }),
          { id: 'p', kind: 'poller', queue: 'q', function: 'fn' },
        ],
      },
      load('q', steady(1), 60),
      'causes itself without end',
    ],
    ['a warm-up as long as all', pool, load('pool', steady(1), 60, 60), 'profile.warmUp: must be shorter'],
    [
      'a sine wave below zero',
      pool,
      load('pool', { kind: 'daily', mean: 1, peakRatio: 3 }, 60),
      'profile.entries[0].rate.peakRatio: must be from 1 to 2',
    ],
    [
      'a route that is not there',
      { nodes: [{ id: 'api', kind: 'api', routes: [{ name: 'a', calls: [] }] }] },
      load('api', steady(1), 60, 0, { route: 'b' }),
      'profile.entries[0].route: names no route',
    ],
    [
      'a request to workers of a queue',
      { nodes: [{ id: 'q', kind: 'queue' }, ...changed({ takes: { kind: 'messages', queue: 'q' } }).nodes] },
      good,
      'profile.entries[0].to: pool takes messages',
    ],
  ])('name %s', (_name, model, profile, expected) => {
    expect(fields(model, profile).join('\n')).toContain(expected);
  });

  it.each<[string, unknown, unknown, string]>([
    ['nothing at all', {}, {}, 'nodes: is needed'],
    [
      'a node of no kind',
      { nodes: [{ id: 'x', kind: 'toaster' }] },
      good,
      'nodes[0](x).kind: must be one of api',
    ],
    [
      'a function without its time',
      { nodes: [{ ...fn(), service: undefined }] },
      good,
      'nodes[0](fn).service: is needed',
    ],
    ['workers without a maximum', changed({ max: null }), good, 'nodes[0](pool).max: is needed'],
    [
      'a distribution of no kind',
      changed({ service: { kind: 'magic' } }),
      good,
      'nodes[0](pool).service.kind: must be',
    ],
    [
      'a rate without a figure',
      pool,
      { duration: 60, entries: [{ id: 'load', to: 'pool', rate: { kind: 'steady' } }] },
      'profile.entries[0].rate.rate: is needed',
    ],
  ])('name %s although types forbid it: input may be JSON', (_name, model, profile, expected) => {
    const outcome = (simulate as (m: unknown, p: unknown) => ReturnType<typeof simulate>)(model, profile);
    const said = outcome.ok ? [] : outcome.problems.map(({ field, message }) => `${field}: ${message}`);
    expect(said.join('\n')).toContain(expected);
  });

  it('are all reported at once', () => {
    expect(
      fields(changed({ min: 5, max: 2, failure: 3 }), load('x', steady(-1), 60)).length,
    ).toBeGreaterThanOrEqual(4);
  });
});

describe('what a result says about itself', () => {
  const assumed = { value: 2, source: 'a guess of this test', assumed: true };

  it('lists the numbers that were assumed', () => {
    const outcome = simulate(changed({ concurrency: assumed }), good);
    expect(outcome.ok && outcome.result.assumed).toEqual([
      { field: 'pool.concurrency', value: 2, source: 'a guess of this test' },
    ]);
  });

  it('takes the exact mode for few requests, flow for many, and says why', () => {
    const of = (rate: number, duration: number) => {
      const outcome = simulate(servers(400, constant(0.01)), load('pool', steady(rate), duration));
      return outcome.ok ? `${outcome.result.mode}: ${outcome.result.modeReason}` : '';
    };
    expect(of(1, 60)).toBe('exact: 60 expected requests are at most 500000');
    expect(of(10_000, 60)).toBe('flow: 600000 expected requests are more than 500000');
  });

  it('goes on in flow mode when retries make the events too many', () => {
    const poison: SystemModel = {
      nodes: [
        { id: 'q', kind: 'queue', visibilityTimeout: 1 },
        {
          id: 'w',
          kind: 'workers',
          takes: { kind: 'messages', queue: 'q' },
          min: 5,
          desired: 5,
          max: 5,
          startUp: constant(0),
          concurrency: 1,
          service: constant(0.1),
          failure: 1,
        },
      ],
    };
    const outcome = simulate(poison, load('q', steady(1), 300), { eventLimit: 5_000 });
    expect(outcome.ok && outcome.result.mode).toBe('flow');
    expect(outcome.ok && outcome.result.modeReason).toContain('more than 5000 events');
    expect(outcome.ok && outcome.result.notes.join(' ')).toContain('In flow mode');
  });
});
