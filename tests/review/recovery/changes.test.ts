import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import { answerOf as answer, lossOrder, rtoOrder } from '../../../src/review/recovery/answer.ts';
import { withProposal } from '../../../src/review/recovery/changes/model.ts';
import { costOf, isLess } from '../../../src/review/recovery/choose-changes.ts';
import type { Component } from '../../../src/review/recovery/model.ts';
import { type PricedChange, proposalsFor } from '../../../src/review/recovery/propose-changes.ts';
import { readSystem } from '../../../src/review/recovery/read-components.ts';
import { scenarios } from '../../../src/review/recovery/report.ts';
import { type Targets, targetOf } from '../../../src/review/recovery/whole-app.ts';
import { alarmOn, network, type Resources, review } from './recovery-answers.ts';

/** A price for everything, so that costs differ and none is missing. */
const price = (id: string, _region: string, quantity: number): number =>
  id.length + Math.min(quantity, 100) / 10;

const flag = fc.boolean();
const table = fc.record({ point: flag, guard: flag }).map(
  ({ point, guard }): Resources => ({
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        DeletionProtectionEnabled: guard,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: point },
      },
    },
  }),
);
const database = fc.record({ multi: flag, days: fc.integer({ min: 0, max: 9 }), guard: flag }).map(
  ({ multi, days, guard }): Resources => ({
    Db: {
      Type: 'AWS::RDS::DBInstance',
      Properties: {
        Engine: 'postgres',
        MultiAZ: multi,
        BackupRetentionPeriod: days,
        DeletionProtection: guard,
      },
    },
  }),
);
const queue = flag.map(
  (dead): Resources => ({
    Queue: {
      Type: 'AWS::SQS::Queue',
      Properties: dead
        ? { RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 3 } }
        : {},
    },
    ...(dead ? { Dead: { Type: 'AWS::SQS::Queue', Properties: {} } } : {}),
  }),
);
const service = fc.record({ tasks: fc.integer({ min: 1, max: 2 }), wide: flag, breaker: flag }).map(
  ({ tasks, wide, breaker }): Resources => ({
    ...network(wide ? ['us-east-1a', 'us-east-1b'] : ['us-east-1a']),
    Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256', Memory: '512' } },
    Service: {
      Type: 'AWS::ECS::Service',
      Properties: {
        LaunchType: 'FARGATE',
        DesiredCount: tasks,
        TaskDefinition: { Ref: 'Task' },
        DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: breaker, Rollback: breaker } },
        NetworkConfiguration: {
          AwsvpcConfiguration: {
            Subnets: wide ? [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }] : [{ Ref: 'Subnet0' }],
          },
        },
      },
    },
  }),
);
const bucket = flag.map(
  (on): Resources => ({
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: on ? { VersioningConfiguration: { Status: 'Enabled' } } : {},
    },
  }),
);
const cache = flag.map(
  (multi): Resources => ({
    Cache: {
      Type: 'AWS::ElastiCache::ReplicationGroup',
      Properties: { NumCacheClusters: multi ? 2 : 1, MultiAZEnabled: multi, AutomaticFailoverEnabled: multi },
    },
  }),
);
const files = flag.map(
  (backed): Resources => ({
    Files: {
      Type: 'AWS::EFS::FileSystem',
      Properties: backed ? { BackupPolicy: { Status: 'ENABLED' } } : {},
    },
  }),
);
const fn = fc.constant<Resources>({ Fn: { Type: 'AWS::Lambda::Function', Properties: {} } });
const parts = [table, database, queue, service, bucket, cache, files, fn];
const system = (most: number) =>
  fc
    .record({
      chosen: fc
        .shuffledSubarray(parts, { minLength: 1, maxLength: most })
        .chain((some) => fc.tuple(...some)),
      told: flag,
    })
    .map(({ chosen, told }): Resources => {
      const all: Resources = Object.assign({}, ...chosen);
      const [first = 'Table'] = Object.keys(all);
      return told ? { ...all, ...alarmOn('Name', { Ref: first }) } : all;
    });

function open(resources: Resources) {
  const app = architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'App' });
  const { components, context, paths } = readSystem(app, {});
  const needed = new Set(paths.paths.flatMap((path) => path.components));
  const proposals = proposalsFor({ components, context, paths, needed }, {}, 'us-east-1', price);
  return { components: components.filter(({ id }) => needed.has(id)), proposals };
}

const apply = (components: readonly Component[], chosen: readonly PricedChange[]): Component[] =>
  components.map((component) => chosen.reduce((sum, { proposal }) => withProposal(sum, proposal), component));
const rank = { yes: 0, degraded: 1, no: 2, 'cannot-tell': 3 } as const;

describe('a change of the catalogue', () => {
  test('never makes any answer worse, whatever was changed before it', () => {
    fc.assert(
      fc.property(system(4), fc.infiniteStream(flag), (resources, coin) => {
        const { components, proposals } = open(resources);
        const before = apply(
          components,
          proposals.filter(() => coin.next().value === true),
        );
        for (const each of proposals)
          for (const component of before) {
            const after = withProposal(component, each.proposal);
            for (const scenario of scenarios) {
              const [was, is] = [answer(component, scenario, {}), answer(after, scenario, {})];
              expect(rtoOrder(is)).toBeLessThanOrEqual(rtoOrder(was));
              expect(lossOrder(is.rpo?.seconds ?? null)).toBeLessThanOrEqual(
                was.rpo === null ? Number.POSITIVE_INFINITY : lossOrder(was.rpo.seconds),
              );
              expect(rank[is.survives]).toBeLessThanOrEqual(rank[was.survives]);
            }
          }
      }),
      { numRuns: 20 },
    );
  });

  test('says what it makes better and what it costs, or that it has no price', () => {
    const report = review(
      { Queue: { Type: 'AWS::SQS::Queue', Properties: {} } },
      { price: (id) => (id.startsWith('sqs') ? { missing: 'no price of queues' } : 1) },
    );
    const change = report.possibleChanges.find((each) => each.change === 'dead-letter-queue');
    expect(change?.improves.join()).toContain('loses 4 d → nothing');
    expect(change?.prices).toMatchObject([{ usdPerMonth: null, missing: 'no price of queues' }]);
  });

  test('costs what the price table says', () => {
    const report = review(
      {
        Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      },
      { dataGb: { 'App/Table': 50 } },
    );
    // 50 GB × $0.20 for continuous backups in us-east-1.
    expect(
      report.possibleChanges.find(({ change }) => change === 'point-in-time-recovery')?.usdPerMonth,
    ).toBe(10);
  });
});

const hour: Targets = { rtoSeconds: 3_600, rpoSeconds: 900 };
const anyTargets = fc.record({
  rtoSeconds: fc.constantFrom(60, 600, 1_800, 3_600, 14_400, 86_400),
  rpoSeconds: fc.constantFrom(0, 300, 900, 3_600, 86_400),
});

const demandsOf = (targets: Targets) =>
  scenarios.flatMap((scenario) => {
    const { rtoSeconds = 0, rpoSeconds = 0 } = targetOf(targets, scenario);
    return [
      { scenario, measure: 'rto' as const, seconds: rtoSeconds },
      { scenario, measure: 'rpo' as const, seconds: rpoSeconds },
    ];
  });

/** Of every component and demand, in order: how many seconds it takes or loses. */
const valuesOf = (components: readonly Component[], targets: Targets): number[] =>
  components.flatMap((component) =>
    demandsOf(targets).map(({ scenario, measure }) => {
      const found = answer(component, scenario, {});
      if (measure === 'rto') return rtoOrder(found);
      return found.rpo === null ? Number.POSITIVE_INFINITY : lossOrder(found.rpo.seconds);
    }),
  );

describe('the chosen set', () => {
  test('comes as near to the targets as all changes together, and no set of the catalogue does so for less', () => {
    fc.assert(
      fc.property(system(2), anyTargets, (resources, targets) => {
        const { components, proposals } = open(resources);
        fc.pre(proposals.length <= 11);
        const report = review(resources, { targets, price });
        const best = valuesOf(apply(components, proposals), targets);
        const seconds = components.flatMap(() => demandsOf(targets).map((demand) => demand.seconds));
        const isOut = best.some((value, index) => value > (seconds[index] ?? 0));
        /** Every target, and where nothing reaches it, the best that can be had. */
        const covers = (set: readonly PricedChange[]) =>
          valuesOf(apply(components, set), targets).every(
            (value, index) => value <= Math.max(seconds[index] ?? 0, best[index] ?? 0),
          );
        const cost = (set: readonly PricedChange[]) =>
          set.reduce(
            (sum, each) => {
              const { unpriced, usd, count } = costOf(each);
              return { unpriced: sum.unpriced + unpriced, usd: sum.usd + usd, count: sum.count + count };
            },
            { unpriced: 0, usd: 0, count: 0 },
          );
        const ids = new Set(report.changeSet?.changes.map(({ id }) => id));
        const chosen = proposals.filter(({ report: { id } }) => ids.has(id));
        expect(chosen).toHaveLength(ids.size);
        expect(report.changeSet?.method).toBe('exact');
        expect(covers(chosen)).toBe(true);
        expect((report.changeSet?.unreachable.length ?? 0) > 0).toBe(isOut);
        for (let mask = 0; mask < 2 ** proposals.length; mask += 1) {
          const other = proposals.filter((_, index) => (mask >> index) & 1);
          if (isLess(cost(other), cost(chosen))) expect(covers(other)).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('is empty when the targets hold already', () => {
    const report = review(
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} } },
      { targets: { scenarios: { 'lost-zone': { rtoSeconds: 60, rpoSeconds: 0 } } } },
    );
    expect(report.targets.map(({ verdict }) => verdict)).toEqual(['met', 'met']);
    expect(report.changeSet).toMatchObject({ outcome: 'nothing-needed', changes: [], usdPerMonth: 0 });
  });

  test('names what no change reaches, with the best that can be had and the step that takes longest', () => {
    const report = review(
      { Table: { Type: 'AWS::DynamoDB::Table', Properties: {} }, ...alarmOn('TableName', { Ref: 'Table' }) },
      { targets: hour, price },
    );
    // 180 + 900 + 3,600 s for a restored table, however much is changed.
    expect(report.changeSet).toMatchObject({ outcome: 'closest' });
    expect(report.changeSet?.unreachable).toMatchObject([
      { scenario: 'software-fault', measure: 'rto', bestSeconds: 4_680 },
    ]);
    expect(report.changeSet?.unreachable[0]?.because).toContain('restore into a new table');
  });
});
