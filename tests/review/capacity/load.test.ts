/** The load file: what is understood, what is refused and where, and the one that is written. */
import { describe, expect, it } from 'vitest';
import { distributionFrom, initLoad, readLoad, readMeasured } from '../../../src/review/capacity/index.ts';
import { httpApi, loadOf, subjectOf, worker } from './templates.ts';

const api = subjectOf(httpApi());
const problems = (text: string, app = api) => {
  const outcome = readLoad(text, app);
  return outcome.ok ? [] : outcome.problems;
};

describe('arrivals', () => {
  it('are read in the units that people use', () => {
    const load = loadOf(api, 'arrivals:\n  GET /things: 3,600 per hour\n');
    expect(load.arrivals[0]).toMatchObject({
      rate: { kind: 'steady', rate: { value: 1, source: 'load file, line 2' } },
    });
  });

  it('may follow another entry’s, shape and all', () => {
    const app = subjectOf({ ...httpApi(), ...worker() });
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

  it('say where a file is not YAML', () => {
    expect(problems('arrivals:\n  - {a\n')[0]).toMatchObject({
      message: expect.stringContaining('not YAML'),
    });
  });

  it('come for a file without arrivals', () => {
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
    const measured = readMeasured(
      JSON.stringify({ taken: '2026-11-21', where: 'local cloud', samples: { Handler: [0.1, 0.2, 0.3] } }),
    );
    const text = 'arrivals: { GET /things: 1 }\nwork: { Handler: { time: measured } }\n';
    const outcome = readLoad(text, api, measured === undefined ? {} : { measured });
    expect(outcome.ok && outcome.load.work[0]?.time).toEqual({
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

describe('the written file', () => {
  it('is accepted as it is', () => {
    const app = subjectOf({ ...httpApi(), ...worker() });
    const load = loadOf(app, initLoad(app));
    expect(load.arrivals.map(({ entry }) => entry).sort()).toEqual(['GET /things', 'Queue']);
  });

  it('keeps what a person wrote and adds what the template gained', () => {
    const text = '# ours\narrivals:\n  GET /things: 7 per second # busy\n';
    const app = subjectOf({ ...httpApi(), ...worker() });
    const extended = initLoad(app, text);
    expect(extended).toContain('# ours');
    expect(extended).toContain('GET /things: 7 per second # busy');
    expect(loadOf(app, extended).arrivals.map(({ entry }) => entry)).toEqual(['GET /things', 'Queue']);
  });
});
