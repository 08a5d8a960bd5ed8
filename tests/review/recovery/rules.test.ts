import { describe, expect, test } from 'vitest';
import { architectureOfTemplate } from '../../../src/architecture/index.ts';
import { runRule } from '../../../src/review/finding.ts';
import { recoveryRules } from '../../../src/review/recovery/index.ts';
import { alarmOn, network, type Resources } from './recovery-answers.ts';

interface Case {
  /** A template in which the rule finds exactly these logical ids. */
  readonly bad: Resources;
  readonly finds: readonly string[];
  /** The same, fixed. */
  readonly good: Resources;
}

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const of = (Type: string, Properties: object = {}, rest: object = {}) => ({ Type, Properties, ...rest });
const db = (properties: object) => ({ X: of('AWS::RDS::DBInstance', properties) });
const service = (properties: object) => ({
  X: of('AWS::ECS::Service', { LaunchType: 'FARGATE', ...properties }),
});
const task = (container: object) => ({
  X: of('AWS::ECS::TaskDefinition', { ContainerDefinitions: [container] }),
});
const queue = (properties: object = {}) => of('AWS::SQS::Queue', properties);
const redrive = (to: string) => ({ RedrivePolicy: { deadLetterTargetArn: arn(to), maxReceiveCount: 3 } });
const alarm = (actions: readonly object[]) => of('AWS::CloudWatch::Alarm', { AlarmActions: actions });
const subscribed = of('AWS::SNS::Topic', { Subscription: [{ Protocol: 'email', Endpoint: 'a@b.example' }] });
const called = {
  S: of('AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)', Targets: [{ Arn: arn('X'), Id: 't' }] }),
};
const nat = (subnet: string) => of('AWS::EC2::NatGateway', { SubnetId: { Ref: subnet } });
const zones = network(['us-east-1a', 'us-east-1b']);
const copy = { DestinationBackupVaultArn: 'arn:aws:backup:eu-west-1:123456789012:backup-vault:v' };
const plan = (more: object) => ({
  X: of('AWS::Backup::BackupPlan', { BackupPlan: { BackupPlanRule: [{ RuleName: 'daily', ...more }] } }),
});
const scaled = {
  T: of('AWS::ApplicationAutoScaling::ScalableTarget', {
    ResourceId: { 'Fn::GetAtt': ['X', 'Name'] },
    MinCapacity: 2,
  }),
};
const stream = 'arn:aws:kinesis:us-east-1:123456789012:stream/s';

const cases: Readonly<Record<string, Case>> = {
  'database-single-zone': { bad: db({}), finds: ['X'], good: db({ MultiAZ: true }) },
  'database-backups': {
    bad: db({ BackupRetentionPeriod: 0 }),
    finds: ['X'],
    good: db({ BackupRetentionPeriod: '7' }),
  },
  'deletion-protection': { bad: db({}), finds: ['X'], good: db({ DeletionProtection: true }) },
  'minor-upgrades-off': { bad: db({ AutoMinorVersionUpgrade: false }), finds: ['X'], good: db({}) },
  'storage-autoscaling': { bad: db({}), finds: ['X'], good: db({ MaxAllocatedStorage: 100 }) },
  'table-point-in-time': {
    bad: { X: of('AWS::DynamoDB::Table') },
    finds: ['X'],
    good: {
      X: of('AWS::DynamoDB::Table', {
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    },
  },
  'bucket-versioning': {
    bad: { X: of('AWS::S3::Bucket') },
    finds: ['X'],
    good: { X: of('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }) },
  },
  'delete-without-retain': {
    bad: { X: of('AWS::DynamoDB::Table') },
    finds: ['X'],
    good: { X: of('AWS::DynamoDB::Table', {}, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }) },
  },
  'file-system-backup': {
    bad: { X: of('AWS::EFS::FileSystem') },
    finds: ['X'],
    good: { X: of('AWS::EFS::FileSystem', { BackupPolicy: { Status: 'ENABLED' } }) },
  },
  'backups-in-one-region': { bad: plan({}), finds: ['X'], good: plan({ CopyActions: [copy] }) },
  'alarm-without-action': {
    bad: { X: alarm([]), Y: alarm([{ Ref: 'Deaf' }]), Deaf: of('AWS::SNS::Topic') },
    finds: ['X', 'Deaf'],
    good: { X: alarm([{ Ref: 'Topic' }]), Topic: subscribed },
  },
  'no-alarm': {
    bad: { X: of('AWS::ApiGateway::RestApi', { Name: 'jobs' }) },
    finds: ['X'],
    good: { X: of('AWS::ApiGateway::RestApi', { Name: 'jobs' }), ...alarmOn('ApiName', 'jobs') },
  },
  'queue-dead-letters': {
    bad: { X: queue(), Y: queue({ MessageRetentionPeriod: 1_209_600, ...redrive('Z') }), Z: queue() },
    finds: ['X', 'Z'],
    good: { X: queue(redrive('Z')), Z: queue({ MessageRetentionPeriod: 1_209_600 }) },
  },
  'dead-letters-unseen': {
    bad: { Q: queue(redrive('X')), X: queue() },
    finds: ['X'],
    good: {
      Q: queue(redrive('X')),
      X: queue(),
      ...alarmOn('QueueName', { 'Fn::GetAtt': ['X', 'QueueName'] }),
    },
  },
  'async-failures': {
    bad: { X: of('AWS::Lambda::Function'), ...called },
    finds: ['X'],
    good: {
      X: of('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: arn('Q') } }),
      Q: queue(),
      ...called,
    },
  },
  'batch-failures': {
    bad: { X: of('AWS::Lambda::EventSourceMapping', { EventSourceArn: stream, FunctionName: 'f' }) },
    finds: ['X'],
    good: {
      X: of('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: stream,
        FunctionName: 'f',
        MaximumRetryAttempts: 3,
        DestinationConfig: { OnFailure: { Destination: arn('Q') } },
      }),
      Q: queue(),
    },
  },
  'one-zone-subnets': {
    bad: {
      ...zones,
      X: of('AWS::AutoScaling::AutoScalingGroup', { VPCZoneIdentifier: [{ Ref: 'Subnet0' }] }),
    },
    finds: ['X'],
    good: {
      ...zones,
      X: of('AWS::AutoScaling::AutoScalingGroup', {
        VPCZoneIdentifier: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }],
      }),
    },
  },
  'single-nat': {
    bad: { ...zones, X: nat('Subnet0') },
    finds: ['X'],
    good: { ...zones, X: nat('Subnet0'), Y: nat('Subnet1') },
  },
  'one-task': { bad: service({}), finds: ['X'], good: service({ DesiredCount: 2 }) },
  'no-scaling': { bad: service({}), finds: ['X'], good: { ...service({}), ...scaled } },
  'task-health-check': {
    bad: task({}),
    finds: ['X'],
    good: task({ HealthCheck: { Command: ['CMD', 'true'] } }),
  },
  'group-health': {
    bad: { X: of('AWS::AutoScaling::AutoScalingGroup', { TargetGroupARNs: ['t'] }) },
    finds: ['X'],
    good: { X: of('AWS::AutoScaling::AutoScalingGroup', { TargetGroupARNs: ['t'], HealthCheckType: 'ELB' }) },
  },
  'circuit-breaker': {
    bad: service({
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: false } },
    }),
    finds: ['X'],
    good: service({
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    }),
  },
  'min-healthy-zero': {
    bad: service({ DeploymentConfiguration: { MinimumHealthyPercent: 0 } }),
    finds: ['X'],
    good: service({ DeploymentConfiguration: { MinimumHealthyPercent: 50 } }),
  },
  'cache-failover': {
    bad: { X: of('AWS::ElastiCache::ReplicationGroup') },
    finds: ['X'],
    good: { X: of('AWS::ElastiCache::ReplicationGroup', { MultiAZEnabled: true }) },
  },
  'search-nodes': {
    bad: { X: of('AWS::OpenSearchService::Domain') },
    finds: ['X'],
    good: { X: of('AWS::OpenSearchService::Domain', { ClusterConfig: { InstanceCount: 3 } }) },
  },
  'blocking-logs': {
    bad: task({ LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'blocking' } } }),
    finds: ['X'],
    good: task({ LogConfiguration: { LogDriver: 'awslogs', Options: { mode: 'non-blocking' } } }),
  },
  'log-retention': {
    bad: { X: of('AWS::Logs::LogGroup'), Y: of('AWS::Logs::LogGroup', { RetentionInDays: 1 }) },
    finds: ['X', 'Y'],
    good: { X: of('AWS::Logs::LogGroup', { RetentionInDays: 30 }) },
  },
};

const run = (id: string, resources: Resources) => {
  const rule = recoveryRules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  return runRule(rule, architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'App' }));
};

describe.each(Object.entries(cases))('%s', (id, { bad, finds, good }) => {
  test('finds what it is about, with a fix and evidence', () => {
    const { verdict, findings } = run(id, bad);
    expect(verdict).toBe('findings');
    expect(findings.map(({ resource }) => resource?.logicalId).sort()).toEqual([...finds].sort());
    for (const { fix, evidence } of findings) {
      expect(fix.length).toBeGreaterThan(10);
      expect(evidence.length).toBeGreaterThan(0);
    }
  });

  test('passes once fixed, and does not apply to nothing', () => {
    expect(run(id, good).verdict).toBe('pass');
    expect(run(id, { T: of('AWS::SSM::Parameter', { Type: 'String', Value: '1' }) }).verdict).toBe(
      'not-applicable',
    );
  });
});

test('every rule has its case, an id of its own and a page', () => {
  // Termination protection is set on stacks, which a bare template cannot say: its good case is an assembly's.
  const untold = new Set(['termination-protection']);
  expect(
    recoveryRules
      .map(({ id }) => id)
      .filter((id) => !untold.has(id))
      .sort(),
  ).toEqual(Object.keys(cases).sort());
  for (const { reference } of recoveryRules) expect(reference).toMatch(/^https:\/\//);
});

test('a stack that holds data and can be deleted is found', () => {
  expect(run('termination-protection', { X: of('AWS::DynamoDB::Table') }).verdict).toBe('findings');
});

test('an unknown value is neither pass nor finding, and is named', () => {
  const { verdict, unclear } = run('database-single-zone', db({ MultiAZ: { Ref: 'Unknown' } }));
  expect(verdict).toBe('cannot-tell');
  expect(unclear).toMatchObject([{ resource: { logicalId: 'X' }, what: 'MultiAZ' }]);
});

test('a dead-letter queue that keeps messages no longer than their queue may lose them on arrival', () => {
  const { findings } = run('queue-dead-letters', { Y: queue(redrive('Z')), Z: queue() });
  expect(findings).toMatchObject([{ severity: 'low', resource: { logicalId: 'Z' } }]);
});
