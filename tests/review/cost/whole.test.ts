/** What holds for every report: sums, order, rest, and the difference of two. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import { compareCosts, costOf, type Level } from '../../../src/review/cost/index.ts';
import { cents, costGiven, type Resources } from './given.ts';

const kinds: Resources = {
  Function: {
    Type: 'AWS::Lambda::Function',
    Properties: { MemorySize: 1024, Tags: [{ Key: 'team', Value: 'a' }] },
  },
  Topic: { Type: 'AWS::SNS::Topic', Properties: { Tags: [{ Key: 'team', Value: 'b' }] } },
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { Tags: [{ Key: 'stage', Value: 'prod' }] } },
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { BillingMode: 'PAY_PER_REQUEST' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Site: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: {} } },
  Machine: { Type: 'AWS::StepFunctions::StateMachine' },
  Nat: { Type: 'AWS::EC2::NatGateway' },
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
  Cache: { Type: 'AWS::ElastiCache::ServerlessCache', Properties: { Engine: 'valkey' } },
  Pool: { Type: 'AWS::Cognito::UserPool' },
  Unknown: { Type: 'AWS::Nobody::Knows' },
};
const names = Object.keys(kinds);
const allLevels: readonly Level[] = ['rest', 'low', 'expected', 'high'];

const apps = fc
  .subarray(names, { minLength: 1 })
  .map(
    (chosen): Resources =>
      Object.fromEntries(chosen.flatMap((name) => (kinds[name] ? [[name, kinds[name]]] : []))),
  );
const uses = fc
  .tuple(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1e7 }))
  .map((three) => [...three].sort((a, b) => a - b))
  .map(([low, expected, high]) => `uses: { low: ${low}, expected: ${expected}, high: ${high} }\n`);

/** `fc.assert` of a property that is not asynchronous gives nothing to wait for. */
const check = <T>(property: fc.IProperty<T>, parameters: fc.Parameters<T>): void => {
  const result: unknown = fc.assert(property, parameters);
  expect(result).toBeUndefined();
};

describe('every report', () => {
  it('has the same total in every grouping, at every level', () => {
    check(
      fc.property(apps, uses, (app, usage) => {
        const { totals, lines } = costGiven(app, usage);
        const groupings = [
          totals.byResource,
          totals.byBlock,
          totals.byStack,
          totals.byService,
          ...Object.values(totals.byTag),
        ];
        for (const level of allLevels) {
          const sum = lines.reduce((all, { usd }) => all + usd[level], 0);
          expect(sum).toBeCloseTo(totals.all[level], 6);
          for (const groups of groupings)
            expect(groups.reduce((all, { usd }) => all + usd[level], 0)).toBeCloseTo(totals.all[level], 6);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never falls when the app is used more, nor costs less than without the free tier', () => {
    check(
      fc.property(apps, uses, (app, usage) => {
        const { totals, curve } = costGiven(app, usage);
        const { rest, low, expected, high } = totals.all;
        expect([...[rest, low, expected, high]].sort((a, b) => a - b)).toEqual([rest, low, expected, high]);
        for (const [index, point] of curve.entries())
          expect(point.usd).toBeGreaterThanOrEqual(curve[index - 1]?.usd ?? 0);
        for (const level of allLevels)
          expect(totals.allWithoutFree[level]).toBeGreaterThanOrEqual(totals.all[level]);
      }),
      { numRuns: 40 },
    );
  });

  it('has each resource as a line, as free, or as not priced', () => {
    check(
      fc.property(apps, (app) => {
        const report = costGiven(app);
        const seen = new Set(
          [...report.lines, ...report.free, ...report.notPriced].map(({ resource }) => resource.logicalId),
        );
        expect([...seen].sort()).toEqual(Object.keys(app).sort());
        expect(report.notPriced.some(({ kind }) => kind === 'unknown-type')).toBe('Unknown' in app);
        expect(new Set(report.lines.map(({ fingerprint }) => fingerprint)).size).toBe(report.lines.length);
      }),
      { numRuns: 40 },
    );
  });

  it('groups by every tag key, with what is not tagged under an empty one', () => {
    const { totals } = costGiven(kinds);
    expect(Object.keys(totals.byTag)).toEqual(['stage', 'team']);
    expect(totals.byTag.team?.map(({ key }) => key).sort()).toEqual(['', 'a', 'b']);
  });

  it('says what a thousand uses more cost', () => {
    const { Function: fn } = kinds;
    const report = costGiven(fn === undefined ? {} : { Function: fn }, 'uses: 10000000\n');
    // 1,000 × 0.20 ÷ 1 M + 1,000 × 0.2 s × 1 GB × 0.0000166667, and a kilobyte of log each: 1,000 ÷ 1,048,576 GB × (0.50 + 12 × 0.15 × 0.03)
    const logs = (1000 / 1_048_576) * (0.5 + 12 * 0.15 * 0.03);
    expect(report.perThousandUses.marginal).toBeCloseTo(0.0002 + 0.00333334 + logs, 6);
  });

  it('reaches from a tenth of low to ten times high in its curve', () => {
    const { curve } = costGiven(kinds, 'uses: { low: 100, expected: 1000, high: 10000 }\n');
    expect(curve[0]?.uses).toBe(10);
    expect(curve.at(-1)?.uses).toBe(100_000);
    expect(curve).toHaveLength(12);
  });
});

describe('the difference of two reports', () => {
  it('has what was added, removed and changed, dearest first', () => {
    const { Nat, Queue, Balancer } = kinds;
    if (Nat === undefined || Queue === undefined || Balancer === undefined)
      throw new Error('a kind is missing');
    const before = costGiven({ Nat, Queue }, 'uses: 1000000\n');
    const after = costGiven({ Queue, Balancer, Unknown: { Type: 'AWS::Nobody::Knows' } }, 'uses: 2000000\n');
    const difference = compareCosts(before, after);
    const changes = Object.fromEntries(difference.lines.map(({ price, change }) => [price, change]));
    expect(changes).toMatchObject({
      'vpc.nat-gateway.hours': 'removed',
      'elb.alb.hours': 'added',
      'sqs.standard.requests': 'changed',
    });
    expect(difference.lines[0]?.price).toBe('vpc.nat-gateway.hours');
    expect(cents(difference.totals.difference.expected)).toBe(
      cents(after.totals.all.expected - before.totals.all.expected),
    );
    expect(difference.notPriced.added.map(({ resource }) => resource.logicalId)).toEqual(['Unknown']);
  });

  it('compares the same resources of two stages', () => {
    const { Nat, Queue } = kinds;
    if (Nat === undefined || Queue === undefined) throw new Error('a kind is missing');
    const stage = (name: string, resources: Resources) =>
      costOf(architectureOfTemplate(JSON.stringify({ Resources: resources }), { name, region: 'us-east-1' }));
    const difference = compareCosts(stage('dev', { Queue }), stage('prod', { Queue, Nat }));
    expect(difference.lines.map(({ price, change }) => [price, change])).toEqual([
      ['vpc.nat-gateway.hours', 'added'],
      ['vpc.nat-gateway.data', 'added'],
    ]);
  });

  it('is empty for the same app twice', () => {
    const report = costGiven(kinds);
    expect(compareCosts(report, costGiven(kinds)).lines).toEqual([]);
  });
});
