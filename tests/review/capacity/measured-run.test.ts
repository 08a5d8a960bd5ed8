/** What a local run's samples become, and the worker that asks its queue only when enough of its slots are free. */
import { describe, expect, it } from 'vitest';
import { measuredTimes, reviewCapacity } from '../../../src/review/capacity/index.ts';
import { loadPart, valid } from '../part.ts';
import { appOf, loadOf, price, worker } from './templates.ts';

const source = 'measured, local cloud, 2026-11-21';
const app = appOf(worker());
const queue = app.ofType('AWS::SQS::Queue')[0]?.id ?? '';

describe('samples of a run', () => {
  it('are a worker’s when its queue’s messages were timed, and satisfy `time: measured`', () => {
    const measured = measuredTimes(
      app,
      [{ resource: queue, what: 'receive-to-delete', seconds: [0.25, 0.35001] }],
      source,
    );
    expect(measured.left).toEqual([]);
    const text = 'arrivals: { Queue: 1 per second }\nwork: { Service: { time: measured } }';
    expect(valid(loadPart(text, app, measured)).work[0]?.time).toMatchObject({
      kind: 'samples',
      values: [0.25, 0.35],
    });
  });

  it('of a start are not taken for the time of the work', () => {
    const { problems } = loadPart(
      'arrivals: { Queue: 1 per second }\nwork: { Service: { startUp: measured } }',
      app,
      measuredTimes(app, [{ resource: queue, what: 'receive-to-delete', seconds: [1] }], source),
    );
    expect(problems.map(({ message }) => message)).toEqual([
      expect.stringMatching(/no measured samples of .*Service/),
    ]);
  });

  it('that no part of the model can take are named', () => {
    const { left } = measuredTimes(
      app,
      [
        { resource: 'Stack/Elsewhere', what: 'duration', seconds: [1] },
        { resource: 'Stack/OtherQueue', what: 'receive-to-delete', seconds: [1] },
      ],
      source,
    );
    expect(left).toEqual([
      { resource: 'Stack/Elsewhere', because: 'it is not a function of the model' },
      { resource: 'Stack/OtherQueue', because: 'no worker of the model takes its messages' },
    ]);
  });
});

describe('takesWhenFree', () => {
  /** Two messages, 0.1 s apart, to one task with two slots, each worked on for a second. */
  const slowest = (more: string) => {
    const load = loadOf(
      app,
      `duration: 1min
warmUp: 0s
arrivals:
  Queue:
    rate: { recorded: { points: [[0, 10 per second], [0.25, 10 per second], [0.2501, 0 per second]] } }
    arrivals: deterministic
work: { Service: { time: 1s, concurrency: 2, calls: []${more} } }`,
    );
    const { result, because } = reviewCapacity(app, load, { price });
    return because ?? result?.entries[0]?.done.max;
  };

  it('is one slot when nobody says: the second message does not wait', () => {
    expect(slowest('')).toBeCloseTo(1, 6);
  });

  it('of two slots lets the second message wait until the first is done', () => {
    expect(slowest(', takesWhenFree: 2')).toBeCloseTo(1.9, 6);
  });

  it('above the slots is refused, as such a worker would never take anything', () => {
    expect(slowest(', takesWhenFree: 3')).toMatch(/takesWhenFree must not exceed concurrency/);
  });
});
