import {
  ApplicationAutoScalingClient,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  type RegisterScalableTargetCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateServiceCommand } from '@aws-sdk/client-ecs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adjusted, pickStep, tracked } from '../../src/local/services/application-autoscaling/steps.ts';
import { type EcsFixture, ecsFixture, networkConfiguration, until } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let fixture: EcsFixture;
let scaling: ApplicationAutoScalingClient;
let cloudwatch: CloudWatchClient;
let definition: string;
beforeAll(async () => {
  cloud = await testCloud();
  fixture = await ecsFixture(cloud);
  scaling = new ApplicationAutoScalingClient(cloud.client());
  cloudwatch = new CloudWatchClient(cloud.client());
  definition = await fixture.define('scaled', { image: await fixture.image('setInterval(() => {}, 1000);') });
});
afterAll(async () => {
  await cloud.dispose();
  fixture.remove();
});

const named = (service: string) => ({
  ServiceNamespace: 'ecs' as const,
  ScalableDimension: 'ecs:service:DesiredCount' as const,
  ResourceId: `service/main/${service}`,
});

async function target(
  service: string,
  more: Partial<RegisterScalableTargetCommandInput> = {},
  desiredCount = 1,
) {
  await fixture.ecs.send(
    new CreateServiceCommand({
      cluster: 'main',
      serviceName: service,
      taskDefinition: definition,
      desiredCount,
      networkConfiguration,
    }),
  );
  await scaling.send(
    new RegisterScalableTargetCommand({ ...named(service), MinCapacity: 1, MaxCapacity: 6, ...more }),
  );
}
const depth = (QueueName: string, Value: number) =>
  cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'Test',
      MetricData: [
        {
          MetricName: 'Depth',
          Dimensions: [{ Name: 'QueueName', Value: QueueName }],
          Value,
          Timestamp: new Date(cloud.clock.now()),
        },
      ],
    }),
  );
const desired = async (service: string) => (await fixture.service(service)).desiredCount;

/** Puts a value into each minute until the service has the count. */
const becomes = (service: string, value: number, count: number) =>
  until(async () => {
    await depth(service, value);
    await cloud.clock.advance(60_000);
    return (await desired(service)) === count ? true : undefined;
  });

async function stepPolicy(service: string, PolicyName: string, steps: object, alarm: object) {
  const { PolicyARN = '' } = await scaling.send(
    new PutScalingPolicyCommand({
      ...named(service),
      PolicyName,
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: { AdjustmentType: 'ChangeInCapacity', ...steps },
    }),
  );
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: `${service}-${PolicyName}`,
      Namespace: 'Test',
      MetricName: 'Depth',
      Dimensions: [{ Name: 'QueueName', Value: service }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: 10,
      AlarmActions: [PolicyARN],
      ...alarm,
    }),
  );
}

describe('step scaling', () => {
  it('scales a service out by how far the threshold is crossed, and in again, within its limits', async () => {
    await target('steps');
    await stepPolicy(
      'steps',
      'out',
      {
        Cooldown: 60,
        StepAdjustments: [
          { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 40, ScalingAdjustment: 1 },
          { MetricIntervalLowerBound: 40, ScalingAdjustment: 3 },
        ],
      },
      {},
    );
    await stepPolicy(
      'steps',
      'in',
      { Cooldown: 60, StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }] },
      { ComparisonOperator: 'LessThanOrEqualToThreshold', Threshold: 0 },
    );
    await becomes('steps', 100, 4);
    await becomes('steps', 100, 6);
    expect((await fixture.steady('steps')).runningCount).toBe(6);
    await becomes('steps', 0, 5);
    await becomes('steps', 0, 1);
    const { ScalingActivities = [] } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs', ResourceId: 'service/main/steps' }),
    );
    expect(ScalingActivities.at(-1)).toMatchObject({
      Description: 'Setting desired count to 4.',
      Cause: 'monitor alarm steps-out in state ALARM triggered policy out',
    });
    // The newest one is fulfilled once its surplus task has gone.
    await fixture.steady('steps');
    const { ScalingActivities: settled = [] } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs', ResourceId: 'service/main/steps' }),
    );
    expect(settled[0]).toMatchObject({
      Description: 'Setting desired count to 1.',
      StatusCode: 'Successful',
    });
    const { ScalingPolicies } = await scaling.send(
      new DescribeScalingPoliciesCommand({ ...named('steps'), PolicyNames: ['out'] }),
    );
    expect(ScalingPolicies?.[0]?.Alarms?.[0]?.AlarmName).toBe('steps-out');
  });

  it('does not scale in while that is suspended', async () => {
    await target('held', { SuspendedState: { DynamicScalingInSuspended: true } }, 2);
    await stepPolicy(
      'held',
      'in',
      { StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }] },
      { ComparisonOperator: 'LessThanOrEqualToThreshold', Threshold: 0 },
    );
    for (const _ of [1, 2, 3]) {
      await depth('held', 0);
      await cloud.clock.advance(60_000);
    }
    expect(await desired('held')).toBe(2);
    await scaling.send(
      new RegisterScalableTargetCommand({
        ...named('held'),
        SuspendedState: { DynamicScalingInSuspended: false },
      }),
    );
    await becomes('held', 0, 1);
  });
});

/** The count after each of some minutes with these values. */
async function counts(service: string, values: readonly number[]) {
  const seen: (number | undefined)[] = [];
  for (const value of values) {
    await depth(service, value);
    await cloud.clock.advance(60_000);
    // What the clock started goes through ECS; a describing call comes after it.
    for (let turn = 0; turn < 10; turn++) await desired(service);
    seen.push(await desired(service));
  }
  return seen;
}
const up = { MetricIntervalLowerBound: 0, ScalingAdjustment: 1 };

describe('a scaling policy', () => {
  it('cools down for five minutes when it does not say how long', async () => {
    await target('default');
    await stepPolicy('default', 'out', { StepAdjustments: [up] }, {});
    expect(Math.max(...(await counts('default', [100, 100, 100, 100])).map(Number))).toBe(2);
  });

  it('does not scale in while another asks for more, even at the maximum', async () => {
    await target('both', { MaxCapacity: 2 }, 2);
    await fixture.steady('both');
    await stepPolicy('both', 'out', { Cooldown: 0, StepAdjustments: [up] }, {});
    await stepPolicy('both', 'in', { Cooldown: 0, StepAdjustments: [{ ...up, ScalingAdjustment: -1 }] }, {});
    expect(new Set(await counts('both', [100, 100, 100]))).toEqual(new Set([2]));
  });

  it('sizes its step by the aggregate of the datapoints', async () => {
    await target('least');
    await stepPolicy(
      'least',
      'out',
      {
        Cooldown: 3600,
        MetricAggregationType: 'Minimum',
        StepAdjustments: [
          { ...up, MetricIntervalUpperBound: 50 },
          { MetricIntervalLowerBound: 50, ScalingAdjustment: 5 },
        ],
      },
      { EvaluationPeriods: 3 },
    );
    expect(Math.max(...(await counts('least', [20, 100, 100])).map(Number))).toBe(2);
  });

  it('acts on OK when the alarm says so', async () => {
    await target('calm', {}, 2);
    await fixture.steady('calm');
    await stepPolicy(
      'calm',
      'in',
      { StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }] },
      {},
    );
    const { MetricAlarms = [] } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNames: ['calm-in'] }),
    );
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'calm-in',
        Namespace: 'Test',
        MetricName: 'Depth',
        Dimensions: [{ Name: 'QueueName', Value: 'calm' }],
        Statistic: 'Maximum',
        Period: 60,
        EvaluationPeriods: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        Threshold: 10,
        OKActions: MetricAlarms[0]?.AlarmActions,
      }),
    );
    await becomes('calm', 0, 1);
  });

  it('takes the upper step when the metric is at the threshold of an alarm on more', async () => {
    await target('edge', {}, 2);
    await stepPolicy(
      'edge',
      'both',
      { StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }, up] },
      {},
    );
    await becomes('edge', 10, 3);
  });

  it('is in progress until ECS has the tasks', async () => {
    const broken = await fixture.define('broken', {
      image: `${cloud.accountId}.dkr.ecr.${cloud.region}.amazonaws.com/app:none`,
    });
    await fixture.ecs.send(
      new CreateServiceCommand({
        cluster: 'main',
        serviceName: 'broken',
        taskDefinition: broken,
        desiredCount: 0,
        networkConfiguration,
      }),
    );
    await scaling.send(
      new RegisterScalableTargetCommand({ ...named('broken'), MinCapacity: 0, MaxCapacity: 2 }),
    );
    await stepPolicy('broken', 'out', { StepAdjustments: [up] }, {});
    await becomes('broken', 100, 1);
    const { ScalingActivities } = await scaling.send(
      new DescribeScalingActivitiesCommand({ ServiceNamespace: 'ecs', ResourceId: 'service/main/broken' }),
    );
    expect(ScalingActivities).toMatchObject([{ StatusCode: 'InProgress' }]);
  });

  it('is refused with the configuration of another type', async () => {
    await expect(
      scaling.send(
        new PutScalingPolicyCommand({
          ...named('default'),
          PolicyName: 'x',
          PolicyType: 'StepScaling',
          StepScalingPolicyConfiguration: { AdjustmentType: 'ChangeInCapacity', StepAdjustments: [up] },
          TargetTrackingScalingPolicyConfiguration: { TargetValue: 1 },
        }),
      ),
    ).rejects.toThrow(/takes no TargetTracking/);
  });
});

describe('target tracking', () => {
  it('does not scale out again for the same value while it cools down', async () => {
    await target('twice');
    await scaling.send(
      new PutScalingPolicyCommand({
        ...named('twice'),
        PolicyName: 'depth',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 10,
          ScaleOutCooldown: 600,
          CustomizedMetricSpecification: {
            Namespace: 'Test',
            MetricName: 'Depth',
            Dimensions: [{ Name: 'QueueName', Value: 'twice' }],
            Statistic: 'Average',
          },
        },
      }),
    );
    expect(Math.max(...(await counts('twice', [20, 20, 20, 20, 20, 20])).map(Number))).toBe(2);
  });

  it('makes its alarms, follows the metric in proportion, and takes the alarms away with the policy', async () => {
    await target('tracked');
    const { Alarms } = await scaling.send(
      new PutScalingPolicyCommand({
        ...named('tracked'),
        PolicyName: 'depth',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 10,
          ScaleOutCooldown: 60,
          ScaleInCooldown: 60,
          CustomizedMetricSpecification: {
            Namespace: 'Test',
            MetricName: 'Depth',
            Dimensions: [{ Name: 'QueueName', Value: 'tracked' }],
            Statistic: 'Average',
          },
        },
      }),
    );
    expect(Alarms).toHaveLength(2);
    await becomes('tracked', 25, 3);
    await scaling.send(new DeregisterScalableTargetCommand(named('tracked')));
    const { MetricAlarms } = await cloudwatch.send(
      new DescribeAlarmsCommand({ AlarmNamePrefix: 'TargetTracking-service/main/tracked' }),
    );
    expect(MetricAlarms).toEqual([]);
  });
});

describe('a scalable target', () => {
  it('brings the count within its limits', async () => {
    await target('limits', { MinCapacity: 2 });
    expect(await desired('limits')).toBe(2);
    const { ScalableTargets } = await scaling.send(
      new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs', ResourceIds: ['service/main/limits'] }),
    );
    expect(ScalableTargets).toMatchObject([{ MinCapacity: 2, MaxCapacity: 6 }]);
  });

  it('is refused for a service that is not there, for other services, and with a schedule', async () => {
    const register = (more: object) =>
      scaling.send(
        new RegisterScalableTargetCommand({ ...named('none'), MinCapacity: 1, MaxCapacity: 2, ...more }),
      );
    await expect(register({})).rejects.toThrow(/ECS service doesn't exist/);
    await expect(register({ ServiceNamespace: 'dynamodb' })).rejects.toThrow(/namespace dynamodb/);
    await expect(
      scaling.send(
        new PutScheduledActionCommand({
          ...named('none'),
          ScheduledActionName: 'a',
          Schedule: 'rate(1 day)',
        }),
      ),
    ).rejects.toThrow(/PutScheduledAction/);
  });
});

describe('a step', () => {
  const steps = [
    { MetricIntervalLowerBound: 0, MetricIntervalUpperBound: 10, ScalingAdjustment: 1 },
    { MetricIntervalLowerBound: 10, ScalingAdjustment: 2 },
    { MetricIntervalUpperBound: -10, ScalingAdjustment: -2 },
    { MetricIntervalLowerBound: -10, MetricIntervalUpperBound: 0, ScalingAdjustment: -1 },
  ];
  it.each([
    [0, 1],
    [9.9, 1],
    [10, 2],
    [-0.1, -1],
    [-10, -2],
    [-50, -2],
  ])('at a distance of %d adjusts by %d', (distance, adjustment) => {
    expect(pickStep(steps, distance)?.ScalingAdjustment).toBe(adjustment);
  });

  it.each([
    ['ChangeInCapacity', 2, 5, undefined, 7],
    ['ExactCapacity', 2, 5, undefined, 2],
    ['PercentChangeInCapacity', 25, 10, undefined, 12],
    ['PercentChangeInCapacity', 5, 10, undefined, 11],
    ['PercentChangeInCapacity', -5, 10, undefined, 9],
    ['PercentChangeInCapacity', 10, 10, 3, 13],
  ] as const)(
    'of the type %s by %d takes %d (at least %s) to %d',
    (AdjustmentType, by, base, MinAdjustmentMagnitude, to) => {
      expect(adjusted({ AdjustmentType, MinAdjustmentMagnitude }, by, base)).toBe(to);
    },
  );

  it('of target tracking is in proportion, rounded up', () => {
    expect([tracked(4, 75, 50), tracked(4, 50, 50), tracked(4, 10, 50)]).toEqual([6, 4, 1]);
  });
});
