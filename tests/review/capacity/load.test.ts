/** The load in the review file: what is understood, what is refused and where, and its questions. */
import { describe, expect, it } from 'vitest';
import { distributionFrom, measuredTimes } from '../../../src/review/capacity/index.ts';
import { loadQuestions } from '../../../src/review/capacity/load/init.ts';
import { readReviewFile } from '../../../src/review/inputs/review-file.ts';
import { loadPart } from '../part.ts';
import { appOf, httpApi, loadOf, worker } from './templates.ts';

const api = appOf(httpApi());
const problems = (text: string, app = api) => loadPart(text, app).problems;

describe('arrivals', () => {
  it('are read in the units that people use', () => {
    const load = loadOf(api, 'arrivals:\n  GET /things: 3,600 per hour\n');
    expect(load.arrivals[0]).toMatchObject({
      rate: { kind: 'steady', rate: { value: 1, source: 'slipway-review.yaml, line 2' } },
    });
  });

  it('may follow another entry’s, shape and all', () => {
    const app = appOf({ ...httpApi(), ...worker() });
    const text = `arrivals:
  GET /things:
    rate: { spike: { base: 1 per second, peak: 10 per second, at: 5min, length: 30s } }
  Queue: 4 per GET /things
`;
    expect(loadOf(app, text).arrivals[1]).toMatchObject({
      rate: { kind: 'spike', base: { value: 4 }, peak: { value: 40 }, at: { value: 300 } },
    });
  });

  it('at a route that the template does not have are refused, with the line and the one probably meant', () => {
    expect(problems('seed: 1\narrivals:\n  GET /thing: 1 per second\n')).toEqual([
      {
        line: 3,
        message:
          "arrivals.GET /thing: nothing in the template is called 'GET /thing'; did you mean 'GET /things'?",
      },
    ]);
  });

  it('that follow themselves are refused', () => {
    const found = problems('arrivals:\n  GET /things: 2 per GET /things\n');
    expect(found[0]).toMatchObject({ line: 2, message: expect.stringContaining('follows itself') });
  });
});

describe('refusals', () => {
  it('name every problem at once', () => {
    const text = `durations: 1h
arrivals:
  GET /things: fast
work:
  Handlr: { time: 1s }
  Handler: { time: { p50: 2s, p95: 1s }, startUp: 1s }
objectives:
  - entry: GET /nothing
    answered: { p95: 1s }
`;
    expect(problems(text).map(({ line }) => line)).toEqual([1, 3, 5, 6, 6, 8]);
  });

  it('come for a load without arrivals', () => {
    expect(problems('seed: 3\n')[0]?.message).toContain("'GET /things'");
  });
});

describe('work', () => {
  it('is found by label, logical id or id', () => {
    for (const name of ['Handler', 'App/Handler'])
      expect(
        loadOf(api, `arrivals: { GET /things: 1 }\nwork: { ${name}: { time: 20ms } }\n`).work[0],
      ).toMatchObject({
        resource: 'App/Handler',
        time: { kind: 'constant', value: { value: 0.02 } },
      });
  });

  it('takes measured samples by name', () => {
    const measured = measuredTimes(
      api,
      [{ resource: 'App/Handler', what: 'duration', seconds: [0.1, 0.2, 0.3] }],
      'measured, local cloud, 2026-11-21',
    );
    const text = 'arrivals: { GET /things: 1 }\nwork: { Handler: { time: measured } }\n';
    expect(loadPart(text, api, measured).value.work[0]?.time).toEqual({
      kind: 'samples',
      values: [0.1, 0.2, 0.3],
      source: 'measured, local cloud, 2026-11-21, 3 samples',
    });
    expect(problems(text)[0]?.message).toContain('no measured samples');
  });

  it('keeps the quantiles of many samples', () => {
    const samples = Array.from({ length: 1_001 }, (_, index) => index / 1_000);
    expect(distributionFrom(samples, 'run')).toMatchObject({
      kind: 'quantiles',
      points: expect.arrayContaining([
        [0, 0],
        [0.5, 0.5],
        [1, 1],
      ]),
    });
  });
});

describe('the questions of load', () => {
  it('are accepted as they are', () => {
    const app = appOf({ ...httpApi(), ...worker() });
    const read = readReviewFile(loadQuestions(app).text, app);
    if (read.problems !== undefined) throw new Error(JSON.stringify(read.problems));
    expect(read.file.load?.arrivals.map(({ entry }) => entry).sort()).toEqual(['GET /things', 'Queue']);
  });
});
