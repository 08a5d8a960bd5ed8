/** Each gate passes, fails, and says when it cannot tell. */
import { describe, expect, it } from 'vitest';
import type { ReviewConfig } from '../../../src/review/inputs/config.ts';
import type { Gate } from '../../../src/review/report.ts';
import { configPart, loadPart, readinessPart, valid } from '../part.ts';
import { app, changed, type Resources, reviewOf, subjectOf } from './small-app.ts';

const config = (text: string): ReviewConfig => valid(configPart(text));
const gateOf = (gates: readonly Gate[], gate: Gate['gate']) => gates.filter((one) => one.gate === gate);
const files = (properties: object): Resources => changed(app, 'Files', properties);

describe('findings', () => {
  /** Without versions: a medium finding. Nothing in these sections is high. */
  const verdict = async (limit: string, resources = app) => {
    const { gates } = await reviewOf(resources, {
      config: config(`gates: { findings: ${limit} }`),
      sections: ['recovery'],
    });
    return gateOf(gates, 'findings');
  };
  it('fails from the severity that is set, and passes what is below it', async () => {
    expect(await verdict('medium')).toMatchObject([
      {
        verdict: 'failed',
        because: expect.stringMatching(/^\d medium open; fix them, or acknowledge them/),
      },
    ]);
    expect(await verdict('low')).toMatchObject([
      { verdict: 'failed', because: expect.stringMatching(/^\d medium, \d low open/) },
    ]);
    expect(await verdict('info')).toMatchObject([{ verdict: 'failed' }]);
    expect(await verdict('high')).toEqual([
      { gate: 'findings', verdict: 'passed', because: 'no open finding is high or worse' },
    ]);
    expect(await verdict('critical')).toEqual([
      { gate: 'findings', verdict: 'passed', because: 'no open finding is critical' },
    ]);
  });
  it('is not there when it is set to never', async () => {
    expect(await verdict('never')).toEqual([]);
  });
});

describe('budget', () => {
  const budget = async (
    text: string,
    resources = app,
    sections: readonly 'cost'[] | readonly 'recovery'[] = ['cost'],
  ) =>
    gateOf(
      (await reviewOf(resources, { config: config(`gates: { budget: ${text} }`), sections })).gates,
      'budget',
    );
  it('passes below, fails above, with both figures', async () => {
    expect(await budget('1')).toMatchObject([
      { verdict: 'passed', because: expect.stringContaining('0.05') },
    ]);
    expect(await budget('0.01')).toMatchObject([
      { verdict: 'failed', because: expect.stringMatching(/0\.05.*0\.01/) },
    ]);
  });
  it('holds for each level of use on its own', async () => {
    const gates = await budget('{ low: 0.01, expected: 0.1, high: 0.2 }');
    expect(gates.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'failed']);
  });
  it('cannot tell while something has no price, or when the cost was not reviewed', async () => {
    const unpriced = { ...app, Fleet: { Type: 'AWS::GameLift::Fleet' } };
    expect(await budget('1', unpriced)).toMatchObject([{ verdict: 'cannot-tell' }]);
    expect(await budget('1', app, ['recovery'])).toMatchObject([
      { verdict: 'cannot-tell', because: 'the cost was not reviewed' },
    ]);
  });
  it('is over whatever has no price, once the rest is over', async () => {
    const unpriced = { ...app, Fleet: { Type: 'AWS::GameLift::Fleet' } };
    expect(await budget('0.01', unpriced)).toMatchObject([{ verdict: 'failed' }]);
  });
});

describe('not priced', () => {
  const gate = async (resources: Resources) =>
    gateOf(
      (await reviewOf(resources, { config: config('gates: { notPriced: true }'), sections: ['cost'] })).gates,
      'not-priced',
    );
  it('fails on one thing without a price, and passes without one', async () => {
    expect(await gate(app)).toMatchObject([
      { verdict: 'passed', because: 'everything that costs money has a price' },
    ]);
    expect(await gate({ ...app, Fleet: { Type: 'AWS::GameLift::Fleet' } })).toMatchObject([
      { verdict: 'failed', because: '1 thing without a price' },
    ]);
  });
});

describe('objectives', () => {
  const gate = async (objectives: string, configText = '', rate = '1 per second') => {
    const load = loadPart(
      `seed: 1\nduration: 20s\narrivals: { POST /: ${rate} }\n${objectives}`,
      subjectOf(app),
    );
    const { gates } = await reviewOf(app, {
      load: valid(load),
      sections: ['capacity'],
      config: config(configText),
    });
    return gateOf(gates, 'objectives');
  };
  it('pass when all are met, and fail by the words of those that are missed', async () => {
    const met = 'answered: { p95: 1min }';
    expect(await gate(`objectives: [{ entry: POST /, ${met} }]`)).toEqual([
      { gate: 'objectives', verdict: 'passed', because: '1 objective met under the stated load' },
    ]);
    expect(
      await gate(`objectives: [{ entry: POST /, ${met} }, { entry: POST /, answered: { p50: 1ms } }]`),
    ).toEqual([
      { gate: 'objectives', verdict: 'failed', because: 'missed: 50 % of POST / answered within 1 ms' },
    ]);
  });
  it('cannot tell of an entry that nobody called', async () => {
    const objectives = 'objectives: [{ entry: POST /, answered: { p95: 1s } }]';
    expect(await gate(objectives, '', '0 per hour')).toMatchObject([{ verdict: 'cannot-tell' }]);
  });
  it('are not there when none is stated, or when they are left out', async () => {
    expect(await gate('')).toEqual([]);
    const objectives = 'objectives: [{ entry: POST /, answered: { p50: 1ms } }]';
    expect(await gate(objectives, 'gates: { objectives: false }')).toEqual([]);
  });
});

describe('recovery', () => {
  const gate = async (targets: string, resources = app) =>
    gateOf(
      (await reviewOf(resources, { config: config(`recovery: ${targets}`), sections: ['recovery'] })).gates,
      'recovery',
    );
  it('is not there without a target', async () => {
    expect(await gate('{}')).toEqual([]);
  });
  it('passes when every target is met, and names those that are missed', async () => {
    expect(await gate('{ lost-zone: { rto: 1h, rpo: 15m } }')).toEqual([
      { gate: 'recovery', verdict: 'passed', because: '2 targets met' },
    ]);
    // Back without the data is not back: within a month neither target is met.
    expect(await gate('{ lost-zone: { rto: 1h }, lost-region: { rto: 30d, rpo: 15m } }')).toEqual([
      {
        gate: 'recovery',
        verdict: 'failed',
        because: 'missed: lost region (RTO 30 d); lost region (RPO 15 min)',
      },
    ]);
  });
  it('cannot tell where the template does not say', async () => {
    const unknown = {
      ...changed(app, 'Table', {
        PointInTimeRecoverySpecification: {
          PointInTimeRecoveryEnabled: { 'Fn::ImportValue': 'somewhere-else' },
        },
      }),
    };
    expect(await gate('{ software-fault: { rpo: 15m } }', unknown)).toMatchObject([
      { verdict: 'cannot-tell', because: expect.stringContaining('software fault (RPO 15 min)') },
    ]);
  });
  it('can be left out', async () => {
    const { gates } = await reviewOf(app, {
      config: config('gates: { recovery: false }\nrecovery: { rpo: 1s }'),
    });
    expect(gateOf(gates, 'recovery')).toEqual([]);
  });
});

describe('readiness', () => {
  it('fails while something blocks the launch, by its id, and is not there unless asked for', async () => {
    const { gates } = await reviewOf(app, { config: config('gates: { readiness: true }') });
    expect(gateOf(gates, 'readiness')).toMatchObject([
      { verdict: 'failed', because: expect.stringMatching(/^\d+ items not ready: .*on-call/) },
    ]);
    expect(gateOf((await reviewOf(app)).gates, 'readiness')).toEqual([]);
  });
  it('passes when the template shows nothing against it and people answered the rest', async () => {
    const small = {
      Spending: {
        Type: 'AWS::Budgets::Budget',
        Properties: {
          Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 10, Unit: 'USD' } },
          NotificationsWithSubscribers: [
            {
              Notification: {
                NotificationType: 'ACTUAL',
                ComparisonOperator: 'GREATER_THAN',
                Threshold: 80,
              },
              Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'people@example.com' }],
            },
          ],
        },
      },
    };
    const asked = (await reviewOf(small, { sections: ['readiness'] })).readiness?.items ?? [];
    const open = asked.filter(({ answer }) => answer === 'person' || answer === 'cannot-tell');
    const answers = valid(
      readinessPart(open.map(({ id }) => `${id}: { answer: yes, by: Ada, date: 2026-11-01 }`).join('\n')),
    );
    const { gates } = await reviewOf(small, {
      answers,
      sections: ['readiness'],
      config: config('gates: { readiness: true }'),
    });
    expect(gateOf(gates, 'readiness')).toEqual([
      {
        gate: 'readiness',
        verdict: 'passed',
        because: 'nothing stands between this app and its launch',
      },
    ]);
  });
});

it('what a gate needs of a bucket does not depend on another: versions close their finding alone', async () => {
  const gates = config('gates: { findings: medium }');
  const before = await reviewOf(app, { config: gates, sections: ['recovery'] });
  const after = await reviewOf(files({ VersioningConfiguration: { Status: 'Enabled' } }), {
    config: gates,
    sections: ['recovery'],
  });
  const medium = (because: string | undefined) => Number(/^(\d+) medium/.exec(because ?? '')?.[1]);
  expect(medium(before.gates[0]?.because) - medium(after.gates[0]?.because)).toBe(1);
});
