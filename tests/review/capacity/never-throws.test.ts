/** Templates that nobody would write: the review lists what it does not understand, and never throws. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacityRules, modelOf, reviewCapacity } from '../../../src/review/capacity/index.ts';
import { loadQuestions } from '../../../src/review/capacity/load/init.ts';
import { runRule } from '../../../src/review/finding.ts';
import {
  appOf,
  consumer,
  httpApi,
  type Properties,
  price,
  ref,
  resource,
  scaling,
  tracking,
  worker,
} from './templates.ts';

const depth = tracking(
  { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
  60,
);
const whole: Properties = {
  ...worker({ resources: scaling(5, depth) }),
  Own: resource('AWS::CloudWatch::Alarm', {
    AlarmActions: [ref('Policy')],
    Threshold: 1,
    EvaluationPeriods: 1,
  }),
  Table: resource('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }),
  Db: resource('AWS::RDS::DBInstance', { Engine: 'mysql', DBInstanceClass: 'db.t3.micro' }),
  ...httpApi({ stage: { DefaultRouteSettings: { ThrottlingRateLimit: 2, ThrottlingBurstLimit: 2 } } }),
  ...Object.fromEntries(Object.entries(consumer()).map(([id, value]) => [`${id}2`, value])),
};

const junk = fc.constantFrom<unknown>(
  null,
  -1,
  0,
  1e12,
  '',
  'junk',
  [],
  {},
  [null],
  true,
  { Ref: 'Nothing' },
  { Ref: 'Table' },
  { 'Fn::GetAtt': ['Service', 'Name'] },
  { 'Fn::ImportValue': 'x' },
  { 'Fn::Sub': '${Nothing}' },
  'arn:aws:sqs:us-east-1:123456789012:other',
);

/** Paths to everything in the template. */
function paths(value: unknown, at: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => paths(item, [...at, key]))];
}
const everywhere = paths(whole).filter(({ length }) => length > 1);

function replaced(value: unknown, path: readonly string[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === key ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
  );
}

const mutatedAt = (places: typeof everywhere) =>
  fc
    .array(fc.tuple(fc.constantFrom(...places), junk), { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce<unknown>((template, [path, by]) => replaced(template, path, by), whole));

const asProperties = (value: unknown): Properties => Object.fromEntries(Object.entries(Object(value)));

const mutated = mutatedAt(everywhere);
/** The API's throttle of two a second stays, so that it breaks soon and the simulations are short. */
const mutatedBehind = mutatedAt(
  everywhere.filter(([id = '']) => !/^(Api|Route|Stage|Integration)$/.test(id)),
);

describe('a mutated template', () => {
  it('always has a model, a verdict of each rule and a load file', async () => {
    await fc.assert(
      fc.property(mutated, (resources) => {
        const app = appOf(asProperties(resources));
        expect(JSON.parse(JSON.stringify(modelOf(app).summary))).toBeDefined();
        for (const rule of capacityRules) expect(runRule(rule, app).verdict).toBeTruthy();
        expect(loadQuestions(app).text).toContain('arrivals:');
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('is reviewed, or the report says why it cannot be', async () => {
    await fc.assert(
      fc.property(mutatedBehind, (resources) => {
        const app = appOf(asProperties(resources));
        const { entries } = modelOf(app);
        const report = reviewCapacity(
          app,
          {
            origin: 'file',
            seed: 1,
            duration: 60,
            warmUp: 0,
            work: [],
            objectives: [],
            arrivals: entries
              .filter(({ byDefault }) => byDefault)
              .map(({ id }) => ({
                entry: id,
                rate: { kind: 'steady', rate: 0.2 },
                text: '',
                assumed: false,
              })),
          },
          { price },
        );
        expect(report.result !== null || report.because !== undefined).toBe(true);
      }),
      { numRuns: 15, seed: 4 },
    );
  });
});
