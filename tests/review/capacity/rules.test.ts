/** The static rules: a template in, a verdict out; for each what passes, what is found and what cannot be told. */
import { describe, expect, it } from 'vitest';
import { capacityRules } from '../../../src/review/capacity/index.ts';
import { runRule } from '../../../src/review/finding.ts';
import {
  appOf,
  arn,
  consumer,
  httpApi,
  lambda,
  type Properties,
  ref,
  resource,
  role,
  scaling,
  tracking,
  worker,
} from './templates.ts';

const verdict = (id: string, resources: Properties) => {
  const rule = capacityRules.find((one) => one.id === id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return runRule(rule, appOf(resources));
};

const unknown = { 'Fn::ImportValue': 'elsewhere' };
const steps = (...bounds: readonly (readonly [number | undefined, number | undefined])[]): Properties => ({
  PolicyName: 'out',
  PolicyType: 'StepScaling',
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: bounds.map(([lower, upper]) => ({
      ...(lower === undefined ? {} : { MetricIntervalLowerBound: lower }),
      ...(upper === undefined ? {} : { MetricIntervalUpperBound: upper }),
      ScalingAdjustment: 1,
    })),
  },
});
const depthAlarm = (periods: unknown): Properties => ({
  Alarm: resource('AWS::CloudWatch::Alarm', {
    AlarmActions: [ref('Policy')],
    ComparisonOperator: 'LessThanOrEqualToThreshold',
    EvaluationPeriods: periods,
    Period: 60,
    Threshold: 0,
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
  }),
});
const stepsIn = {
  PolicyName: 'in',
  PolicyType: 'StepScaling',
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [{ MetricIntervalUpperBound: 0, ScalingAdjustment: -1 }],
  },
};
const cpu = tracking(
  { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
  60,
);
const depth = tracking(
  {
    CustomizedMetricSpecification: {
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Statistic: 'Average',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
    },
  },
  100,
);
const database = (more: Properties = {}, handler: Properties = {}): Properties => ({
  ...httpApi({
    handler: {
      Environment: { Variables: { HOST: { 'Fn::GetAtt': ['Db', 'Endpoint.Address'] } } },
      ...handler,
    },
  }),
  Db: resource('AWS::RDS::DBInstance', { Engine: 'postgres', DBInstanceClass: 'db.t4g.micro', ...more }),
});
const callerAndCallee = (caller: unknown, callee: unknown): Properties => ({
  ...role('Role', ['lambda:InvokeFunction', arn('Callee')]),
  Caller: lambda({ Timeout: caller, Environment: { Variables: { CALLEE: ref('Callee') } } }),
  Callee: lambda({ Timeout: callee }),
});
const served = (grace: unknown, start: unknown): Properties =>
  worker({
    service: {
      LoadBalancers: [{ ContainerName: 'worker', ContainerPort: 80, TargetGroupArn: ref('Group') }],
      HealthCheckGracePeriodSeconds: grace,
    },
    container: { HealthCheck: { Command: ['CMD', 'true'], StartPeriod: start } },
    resources: { Group: resource('AWS::ElasticLoadBalancingV2::TargetGroup', {}) },
  });
const inSubnet = (cidr: unknown): Properties =>
  worker({
    service: { NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [ref('Subnet')] } } },
    resources: {
      Subnet: resource('AWS::EC2::Subnet', { VpcId: 'vpc-1', CidrBlock: cidr }),
      ...scaling(10, cpu),
    },
  });
const redriven = (count: unknown) => ({
  RedrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead', maxReceiveCount: count },
});
const chain = (count: number): Properties => ({
  ...consumer({
    queue: { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: count } },
    handler: { Environment: { Variables: { NEXT: ref('Next') } } },
  }),
  ...role(
    'Role',
    ['sqs:ReceiveMessage', arn('Queue')],
    ['lambda:InvokeFunction', arn('Next')],
    ['lambda:InvokeFunction', arn('Last')],
  ),
  Dead: resource('AWS::SQS::Queue'),
  Next: lambda({ Environment: { Variables: { LAST: ref('Last') } } }),
  Last: lambda(),
});

interface Case {
  readonly passes: Properties;
  readonly found: Properties;
  readonly says: string;
  readonly unclear?: Properties;
}

const cases: Readonly<Record<string, Case>> = {
  'visibility-timeout-below-function': {
    passes: consumer(),
    found: consumer({ queue: { VisibilityTimeout: 60 } }),
    says: 'six timeouts of Handler and the batching window are 180 s',
    unclear: consumer({ handler: { Timeout: unknown } }),
  },
  'visibility-timeout-of-workers': {
    passes: worker(),
    found: { ...worker(), Queue: resource('AWS::SQS::Queue') },
    says: 'come back after 30 s',
    unclear: worker({ queue: { VisibilityTimeout: unknown } }),
  },
  'dead-letter-after-one-try': {
    passes: { Queue: resource('AWS::SQS::Queue', redriven(3)) },
    found: { Queue: resource('AWS::SQS::Queue', redriven(1)) },
    says: 'given up after a single failure',
    unclear: { Queue: resource('AWS::SQS::Queue', redriven(unknown)) },
  },
  'whole-batch-returns': {
    passes: consumer({ mapping: { FunctionResponseTypes: ['ReportBatchItemFailures'] } }),
    found: consumer(),
    says: 'up to 10 messages',
    unclear: consumer({ mapping: { BatchSize: unknown } }),
  },
  'retries-multiply': {
    passes: chain(3),
    found: chain(20),
    says: 'One request can become 180 attempts at Last',
  },
  'connections-exhausted': {
    passes: database({}, { ReservedConcurrentExecutions: 50 }),
    found: database(),
    says: 'can ask for 1000 connections; it allows 112',
    unclear: database({ DBInstanceClass: unknown }),
  },
  'reserved-concurrency': {
    passes: httpApi({ handler: { ReservedConcurrentExecutions: 900 } }),
    found: httpApi({ handler: { ReservedConcurrentExecutions: 0 } }),
    says: 'can never run',
    unclear: httpApi({ handler: { ReservedConcurrentExecutions: unknown } }),
  },
  'poller-above-reserved-concurrency': {
    passes: consumer({
      handler: { ReservedConcurrentExecutions: 5 },
      mapping: { ScalingConfig: { MaximumConcurrency: 5 } },
    }),
    found: consumer({
      handler: { ReservedConcurrentExecutions: 5 },
      mapping: { ScalingConfig: { MaximumConcurrency: 6 } },
    }),
    says: 'may start 6 batches at once; Handler may run 5',
    unclear: consumer({ handler: { ReservedConcurrentExecutions: unknown } }),
  },
  'function-outlives-gateway': {
    passes: httpApi(),
    found: httpApi({ handler: { Timeout: 60 } }),
    says: 'may work for 60 s, but Api answers 504 after 30 s',
  },
  'timeout-below-callee': {
    passes: callerAndCallee(20, 10),
    found: callerAndCallee(10, 20),
    says: 'Caller ends after 10 s, but waits for Callee, which may take 20 s',
  },
  'tracking-raw-queue-depth': {
    passes: worker({ resources: scaling(5, cpu) }),
    found: worker({ resources: scaling(5, depth) }),
    says: 'keeps the number of waiting messages at 100',
  },
  'cpu-scaling-of-queue-worker': {
    passes: worker({ resources: scaling(5, depth) }),
    found: worker({ resources: scaling(5, cpu) }),
    says: 'scales by CPU only',
  },
  'no-scaling': {
    passes: worker({ resources: scaling(5, depth) }),
    found: worker(),
    says: 'Service stays at 1 task, whatever the load',
    unclear: worker({
      resources: scaling(
        5,
        tracking(
          { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' } },
          60,
        ),
      ),
    }),
  },
  'step-scaling-gaps': {
    passes: worker({ resources: scaling(5, steps([0, 10], [10, undefined])) }),
    found: worker({ resources: scaling(5, steps([0, 10], [20, undefined])) }),
    says: '10 to 20',
    unclear: worker({
      resources: scaling(5, {
        ...steps(),
        StepScalingPolicyConfiguration: {
          AdjustmentType: 'ChangeInCapacity',
          StepAdjustments: [{ MetricIntervalLowerBound: unknown, ScalingAdjustment: 1 }],
        },
      }),
    }),
  },
  'stopped-before-job-ends': {
    passes: worker({ container: { StopTimeout: 60 } }),
    found: worker(),
    says: 'is killed after 30 s; a job of Queue may take 60 s',
    unclear: worker({ container: { StopTimeout: unknown } }),
  },
  'scale-in-during-job': {
    passes: worker({ resources: { ...scaling(5, stepsIn), ...depthAlarm(5) } }),
    found: worker({
      queue: { VisibilityTimeout: 600 },
      resources: { ...scaling(5, stepsIn), ...depthAlarm(5) },
    }),
    says: 'scales in after 300 s without waiting messages; a job may take 600 s',
    unclear: worker({
      queue: { VisibilityTimeout: unknown },
      resources: { ...scaling(5, stepsIn), ...depthAlarm(5) },
    }),
  },
  'provisioned-table-without-scaling': {
    passes: {
      Table: resource('AWS::DynamoDB::Table', {
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      }),
      Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
        ResourceId: { 'Fn::Join': ['/', ['table', ref('Table')]] },
      }),
    },
    found: {
      Table: resource('AWS::DynamoDB::Table', {
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      }),
    },
    says: 'throttles above 5 reads and 5 writes a second',
    unclear: { Table: resource('AWS::DynamoDB::Table', { BillingMode: unknown }) },
  },
  'health-grace-below-start-up': {
    passes: served(120, 120),
    found: served(0, 120),
    says: 'may need 120 s to start, and is stopped as unhealthy after 60 s',
    unclear: served(60, unknown),
  },
  'subnets-too-small': {
    passes: inSubnet('10.0.0.0/24'),
    found: inSubnet('10.0.0.0/28'),
    says: 'may run 20 tasks during a deployment; its subnets have 11 addresses',
    unclear: inSubnet(unknown),
  },
};

describe('every rule', () => {
  it('has a case here, a page it follows from, and a reason', () => {
    expect(Object.keys(cases).sort()).toEqual(capacityRules.map(({ id }) => id).sort());
    for (const { reference, why, area } of capacityRules) {
      expect(reference).toMatch(/^https:\/\//);
      expect(why.length).toBeGreaterThan(40);
      expect(area).toBe('capacity');
    }
  });

  it('does not apply to a template without anything it looks at', () => {
    const app = appOf({ Bucket: resource('AWS::S3::Bucket') });
    for (const rule of capacityRules) expect(runRule(rule, app).verdict).toBe('not-applicable');
  });
});

for (const [id, { passes, found, says, unclear }] of Object.entries(cases))
  describe(id, () => {
    it('passes where it holds', () => {
      expect(verdict(id, passes)).toMatchObject({ verdict: 'pass', findings: [] });
    });

    it('finds where it does not, with the change that fixes it', () => {
      const result = verdict(id, found);
      expect(result.verdict).toBe('findings');
      expect(result.findings.map(({ title }) => title).join('\n')).toContain(says);
      for (const { fix, evidence, resource: of } of result.findings) {
        expect(fix.length).toBeGreaterThan(20);
        expect(evidence.length).toBeGreaterThan(0);
        expect(of?.id).toMatch(/^App\//);
      }
    });

    if (unclear !== undefined)
      it('cannot tell where a value is not known, and names it', () => {
        const result = verdict(id, unclear);
        expect(result.verdict).toBe('cannot-tell');
        expect(result.unclear[0]?.because).toBeTruthy();
      });
  });
