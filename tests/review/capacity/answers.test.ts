/** A template and a load in, answers out: held against what can be computed by hand. */
import { describe, expect, it } from 'vitest';
import { type CapacityReport, reviewCapacity } from '../../../src/review/capacity/index.ts';
import {
  appOf,
  arn,
  consumer,
  httpApi,
  loadOf,
  type Properties,
  price,
  resource,
  scaling,
  worker,
} from './templates.ts';

function review(resources: Properties, text: string): CapacityReport {
  const app = appOf(resources);
  return reviewCapacity(app, loadOf(app, text), { price });
}

/** One second for each job, by memory-less arrivals; a task takes one at a time. */
const jobs = (rate: string, more = '') => `duration: 40min
warmUp: 5min
arrivals:
  Queue: ${rate}
work:
  Service: { time: 1s, concurrency: 1 }
${more}`;

describe('the breaking point', () => {
  it('of c workers with a mean of S seconds is c/S', () => {
    const { breaking } = review(worker({ service: { DesiredCount: 4 } }), jobs('1 per second'));
    if (breaking.outcome !== 'breaks') throw new Error(breaking.outcome);
    expect(breaking.first).toMatchObject({ node: 'App/Service', reason: 'backlog' });
    expect(breaking.breaksAt).toBeGreaterThan(3.7);
    expect(breaking.breaksAt).toBeLessThan(4.3);
    expect(breaking.holdsAt).toBeLessThan(breaking.breaksAt);
    expect(breaking.first.evidence.join('\n')).toContain('4 × 1 at once / 1 s = 4 a second');
  });

  it('below the stated load is found as well', () => {
    const { breaking } = review(worker({ service: { DesiredCount: 2 } }), jobs('8 per second'));
    if (breaking.outcome !== 'breaks') throw new Error(breaking.outcome);
    expect(breaking.breaksAt).toBeGreaterThan(0.22);
    expect(breaking.breaksAt).toBeLessThan(0.28);
  });

  it('of an API is its throttle', () => {
    const stage = { DefaultRouteSettings: { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 20 } };
    const text =
      'duration: 20min\nwarmUp: 2min\narrivals:\n  GET /things: 2 per second\nwork:\n  Handler: { time: 20ms, coldStart: 100ms }\n';
    const { breaking } = review(httpApi({ stage }), text);
    if (breaking.outcome !== 'breaks') throw new Error(breaking.outcome);
    expect(breaking.first).toMatchObject({ node: 'App/Api', reason: 'throttle' });
    // With a burst of a second's requests and arrivals by chance, 1 % is refused a little below the rate.
    expect(breaking.peakRate).toBeGreaterThan(16);
    expect(breaking.peakRate).toBeLessThan(22);
  });

  it('of a function is its reserved concurrency', () => {
    const text =
      'duration: 20min\nwarmUp: 2min\narrivals:\n  GET /things: 1 per second\nwork:\n  Handler: { time: 500ms, coldStart: 500ms }\n';
    const { breaking } = review(httpApi({ handler: { ReservedConcurrentExecutions: 5 } }), text);
    if (breaking.outcome !== 'breaks') throw new Error(breaking.outcome);
    expect(breaking.first).toMatchObject({ node: 'App/Handler', reason: 'concurrency' });
    // Erlang B: 5 servers lose 1 % at 1.36 erlang, so at 2.72 a second of half a second each.
    expect(breaking.breaksAt).toBeGreaterThan(2.4);
    expect(breaking.breaksAt).toBeLessThan(3.1);
  });

  it('is laid on the queue that gives messages up, not on its dead-letter queue, when one objective allows none', () => {
    const queue = { RedrivePolicy: { deadLetterTargetArn: arn('Failed'), maxReceiveCount: 1 } };
    const { breaking } = review(
      { ...consumer({ queue }), Failed: resource('AWS::SQS::Queue') },
      'duration: 20min\nwarmUp: 2min\narrivals:\n  Queue: 10 per second\nwork:\n  Handler: { time: 20ms, failure: 0.1% }\nobjectives: [{ deadLetters: 0 }]\n',
    );
    if (breaking.outcome !== 'breaks') throw new Error(breaking.outcome);
    expect(breaking.first).toMatchObject({ node: 'App/Queue', reason: 'dead-letters' });
  });
});

describe('the smallest change', () => {
  it('is the number of tasks that carry the load, simulated again', () => {
    const report = review(
      worker({ service: { DesiredCount: 2 } }),
      jobs('3 per second', 'objectives:\n  - entry: Queue\n    done: { p95: 10s }\n'),
    );
    expect(report.objectives[0]).toMatchObject({ verdict: 'missed', stated: true });
    const { change } = report;
    if (change.outcome !== 'found') throw new Error(JSON.stringify(change));
    expect(change.changes).toMatchObject([
      { id: 'raise-count', resource: { id: 'App/Service' }, property: 'DesiredCount', from: '2', to: '4' },
    ]);
    expect(change.objectives.every(({ verdict }) => verdict === 'met')).toBe(true);
    // Two tasks more, 0.25 vCPU and 0.5 GB each, at a dollar an hour of either: 2 × 0.75 × 730, and little for messages.
    expect(change.price.monthlyUsd).toBeGreaterThan(1_000);
  });

  it('is not needed when all is met', () => {
    expect(review(worker({ service: { DesiredCount: 4 } }), jobs('1 per second')).change.outcome).toBe(
      'not-needed',
    );
  });

  it('is not invented when nothing of the catalogue helps', () => {
    const { change } = review(
      worker({ service: { DesiredCount: 4 } }),
      jobs('1 per second', 'objectives:\n  - entry: Queue\n    done: { p50: 500ms }\n'),
    );
    expect(change.outcome).toBe('not-found');
  });
});

describe('the report', () => {
  it('is plain JSON, the same for the same seed', () => {
    const plain = () => {
      const { run: _, ...rest } = review(worker({ resources: scaling(3) }), jobs('1 per minute'));
      return rest;
    };
    const first = plain();
    expect(JSON.parse(JSON.stringify(first))).toEqual(first);
    expect(plain()).toEqual(first);
  });

  it('prices what the nodes did, over time', () => {
    const { result } = review(worker(), jobs('1 per minute'));
    const cost = result?.cost;
    const cpu = cost?.lines.find(({ price: id }) => id === 'fargate.vcpu');
    // One task of 0.25 vCPU for the 35 minutes that count.
    expect(cpu?.quantity).toBeCloseTo((0.25 * 35) / 60, 6);
    expect(cpu?.series.reduce((sum, value) => sum + value, 0)).toBeCloseTo(cpu?.windowUsd ?? 0, 9);
    expect(cost?.monthlyUsd).toBeGreaterThan(0.25 * 730 + 0.5 * 730 - 1);
  });

  it('names what has no price instead of leaving it out', () => {
    const app = appOf(worker());
    const load = loadOf(app, jobs('1 per minute'));
    const report = reviewCapacity(app, load, { price: () => ({ missing: 'no such row' }) });
    expect(report.result?.cost.notPriced).toContainEqual({
      node: 'App/Service',
      what: 'tasks, vCPU',
      because: 'no such row',
    });
    expect(report.result?.cost.windowUsd).toBe(0);
  });

  it('cannot tell where nothing takes load, and says so', () => {
    const report = reviewCapacity(appOf({ Bucket: resource('AWS::S3::Bucket') }), undefined, { price });
    expect(report).toMatchObject({
      result: null,
      breaking: { outcome: 'cannot-tell' },
      change: { outcome: 'cannot-tell' },
    });
    expect(report.objectives.every(({ verdict }) => verdict === 'cannot-tell')).toBe(true);
  });

  it('marks the load as assumed when nobody wrote one', () => {
    const stage = { DefaultRouteSettings: { ThrottlingRateLimit: 4, ThrottlingBurstLimit: 4 } };
    const { profile, notes } = reviewCapacity(appOf(httpApi({ stage })), undefined, { price });
    expect(profile).toMatchObject({
      origin: 'default',
      entries: [{ id: 'GET /things', assumed: true, meanRate: 1 }],
    });
    expect(notes.join()).toContain('No load is stated');
  });
});
