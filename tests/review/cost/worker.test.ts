/** A queue worker on Fargate, of the shape and size that room detection has. */
import { describe, expect, it } from 'vitest';
import { byPrice, cents, costGiven, lineOf, type Resources } from './given.ts';

const worker = (min: number, max: number, more: Record<string, unknown> = {}): Resources => ({
  Queue: { Type: 'AWS::SQS::Queue' },
  Cluster: { Type: 'AWS::ECS::Cluster' },
  Role: { Type: 'AWS::IAM::Role' },
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyDocument: {
        Statement: [
          {
            Effect: 'Allow',
            Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
            Resource: { 'Fn::GetAtt': ['Queue', 'Arn'] },
          },
        ],
      },
      Roles: [{ Ref: 'Role' }],
    },
  },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Cpu: '256',
      Memory: '512',
      RuntimePlatform: { CpuArchitecture: 'ARM64' },
      TaskRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      ...more,
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      Cluster: { Ref: 'Cluster' },
      LaunchType: 'FARGATE',
      TaskDefinition: { Ref: 'Task' },
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED' } },
    },
  },
  Target: {
    Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
    Properties: {
      MinCapacity: min,
      MaxCapacity: max,
      ResourceId: {
        'Fn::Join': ['/', ['service', { Ref: 'Cluster' }, { 'Fn::GetAtt': ['Service', 'Name'] }]],
      },
    },
  },
});

const propertiesOf = (resource: Resources[string] | undefined): Record<string, unknown> =>
  typeof resource?.Properties === 'object' ? { ...resource.Properties } : {};

const usage = (uses: number, seconds: number) =>
  `unit: plan\nuses: ${uses}\nresources:\n  Queue: { messages: { perUse: 1 } }\n  Service: { secondsPerJob: ${seconds} }\n`;

describe('cost of a Fargate worker', () => {
  it('is that of the minimum of tasks at rest, with the public address of each', () => {
    const report = costGiven(worker(1, 10), usage(1000, 1));
    // 730 h × 0.25 vCPU × 0.03238 = 5.90935; 730 h × 0.5 GB × 0.00356 = 1.2994; 730 h × 0.005 = 3.65
    expect(byPrice(report)).toMatchObject({
      'fargate.vcpu.arm64': '5.91',
      'fargate.memory.arm64': '1.30',
      'vpc.public-ipv4': '3.65',
    });
    expect(cents(report.totals.all.rest)).toBe('10.86');
  });

  it('rises once the work no longer fits in the minimum, up to the maximum', () => {
    // 1,000,000 jobs × 2.5 s = 694.44 task-hours; at 70 % busy 992.06, which is 1.359 tasks.
    const busy = costGiven(worker(1, 10), usage(1_000_000, 2.5));
    expect(lineOf(busy, 'vpc.public-ipv4')?.quantity.expected).toBeCloseTo(992.06, 2);
    const full = costGiven(worker(1, 10), usage(100_000_000, 2.5));
    expect(lineOf(full, 'vpc.public-ipv4')?.quantity.expected).toBe(7300);
  });

  it('is nothing at rest when the service scales to zero, and says how much work it takes', () => {
    const report = costGiven(worker(0, 10), usage(1000, 5));
    expect(lineOf(report, 'fargate.vcpu.arm64')?.usd.rest).toBe(0);
    // 1,000 × 5 s ÷ 3600 ÷ 0.7 = 1.984 task-hours × 0.25 × 0.03238 = 0.0160619…
    expect(lineOf(report, 'fargate.vcpu.arm64')?.usd.expected).toBeCloseTo(0.01606, 5);
    expect(lineOf(report, 'fargate.vcpu.arm64')?.formula).toContain('the work at 70 % busy');
  });

  it('counts what waiting for messages costs: 131,400 receives a month for each task', () => {
    const report = costGiven(worker(1, 10), usage(1000, 1));
    const waiting = report.lines.find(({ fingerprint }) => fingerprint.endsWith('|waiting'));
    expect(waiting?.quantity).toMatchObject({ rest: 131_400, expected: 131_400 });
    // Within SQS's free million; without it 131,400 × 0.40 ÷ 1,000,000
    expect(waiting?.usd.expected).toBe(0);
    expect(waiting?.usdWithoutFree.expected).toBeCloseTo(0.05256, 9);
  });

  it('charges storage above the 20 GB that are included', () => {
    const report = costGiven(worker(1, 1, { EphemeralStorage: { SizeInGiB: 50 } }), usage(1000, 1));
    // 730 h × 30 GB × 0.000111
    expect(byPrice(report)['fargate.ephemeral-storage']).toBe('2.43');
  });

  it('names Spot capacity as not priced instead of leaving it out', () => {
    const given = worker(1, 1);
    const { LaunchType: _, ...properties } = propertiesOf(given.Service);
    const spot = {
      ...given,
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          ...properties,
          CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Weight: 1 }],
        },
      },
    };
    const report = costGiven(spot, usage(1000, 1));
    expect(report.notPriced.map(({ what }) => what)).toContain('fargate.spot');
    expect(lineOf(report, 'fargate.vcpu.arm64')).toBeUndefined();
  });

  it('is covered by the instances when tasks run on EC2', () => {
    const given = worker(1, 1);
    const properties = propertiesOf(given.Service);
    const onEc2 = {
      ...given,
      Service: { Type: 'AWS::ECS::Service', Properties: { ...properties, LaunchType: 'EC2' } },
    };
    const report = costGiven(onEc2, usage(1000, 1));
    expect(report.free.find(({ resource }) => resource.logicalId === 'Service')?.why).toContain(
      'EC2 instances',
    );
  });
});
