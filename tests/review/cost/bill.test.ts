/** A local run's meter, priced; and usage taken from it. */

import { describe, expect, it } from 'vitest';
import type { MeterTotal } from '../../../src/core/usage.ts';
import { bill, costOf, usageFromMeter } from '../../../src/review/cost/index.ts';
import { appOf, cents, lineOf } from './given.ts';

const hour = 3_600_000;
const metered = (
  service: string,
  usage: string,
  quantity: number,
  resource?: string,
  at = 0,
): MeterTotal => ({
  service,
  usage,
  quantity,
  hour: at * hour,
  ...(resource === undefined ? {} : { resource }),
});

describe('bill of a local run', () => {
  it('prices each dimension, for the run and for a month at this rate', () => {
    const report = bill(
      [
        metered('lambda', 'requests', 10_000, 'app-Function-1'),
        metered('lambda', 'gb-seconds:x86_64', 1_000, 'app-Function-1'),
        metered('apigateway', 'rest-requests', 10_000, 'abc'),
        metered('dynamodb', 'write-request-units', 30_000, 'arn:aws:dynamodb:us-east-1:1:table/T'),
        metered('ecs', 'vcpu-seconds:x86_64', 900),
        metered('s3', 'byte-hours:STANDARD', 2 ** 30 * 730, 'bucket'),
      ],
      { hours: 1, free: 'none' },
    );
    const run = Object.fromEntries(report.lines.map(({ price, usd }) => [price, usd.run.toFixed(6)]));
    expect(run).toEqual({
      'lambda.requests': '0.002000',
      'lambda.duration': '0.016667',
      'api-gateway.rest.requests': '0.035000',
      'dynamodb.on-demand.writes': '0.018750',
      // 900 s = 0.25 vCPU-hours × 0.04048
      'fargate.vcpu': '0.010120',
      's3.standard.storage': '0.023000',
    });
    // × 730
    expect(cents(report.lines.find(({ price }) => price === 'api-gateway.rest.requests')?.usd.month)).toBe(
      '25.55',
    );
    expect(report.total.run).toBeCloseTo(0.002 + 0.0166667 + 0.035 + 0.01875 + 0.01012 + 0.023, 9);
  });

  it('keeps allowances apart: a short run is free, a month of it need not be', () => {
    const report = bill([metered('lambda', 'requests', 10_000)], { hours: 1 });
    // 7.3 M a month − 1 M free = 6.3 × 0.20
    expect(report.total).toEqual({ run: 0, month: 1.26 });
    expect(report.lines[0]?.free).toEqual({ run: 10_000, month: 1_000_000 });
    expect(report.totalWithoutFree.month).toBeCloseTo(1.46, 9);
  });

  it('says how it went from the run to a month', () => {
    const calls = [
      metered('sqs', 'requests:SendMessage', 3),
      metered('sqs', 'requests:SendMessage', 3, undefined, 1),
    ];
    const long = bill(calls, { hours: 10 });
    expect(long).toMatchObject({ hours: 10, extrapolation: { factor: 73, isTooShort: false } });
    expect(long.extrapolation.because).toBe('the run took 10 h, and a month has 730 h');
    expect(bill([], { hours: 1 })).toMatchObject({ lines: [], total: { run: 0, month: 0 } });
  });

  it('divides by the time that ran, not by the clock hours that it touched', () => {
    // A task of 0.25 vCPU and 0.5 GB on Arm with its address, for 18 minutes from ten to the hour.
    const seconds = 18 * 60;
    const report = bill(
      [
        metered('ecs', 'public-ipv4-seconds', seconds - 480),
        metered('ecs', 'public-ipv4-seconds', 480, undefined, 1),
        metered('ecs', 'vcpu-seconds:arm64', seconds * 0.25),
        metered('ecs', 'gb-seconds:arm64', seconds * 0.5),
      ],
      { hours: seconds / 3600 },
    );
    const month = (...prices: readonly string[]) =>
      cents(
        report.lines
          .filter(({ price }) => prices.includes(price))
          .reduce((all, { usd }) => all + usd.month, 0),
      );
    expect(month('vpc.public-ipv4')).toBe('3.65');
    expect(month('fargate.vcpu.arm64', 'fargate.memory.arm64')).toBe('7.21');
  });

  it('says when a run is too short to extrapolate, and what is long enough', () => {
    const { extrapolation } = bill([metered('sqs', 'requests:SendMessage', 3)], { hours: 0.05 });
    expect(extrapolation.isTooShort).toBe(true);
    expect(extrapolation.because).toContain('a run of 3 min is too short');
    expect(extrapolation.because).toContain('let it run 10 min or more');
  });

  it('tells the dear calls of S3 from the cheap and the free', () => {
    const report = bill(
      [
        metered('s3', 'requests:PutObject', 1000),
        metered('s3', 'requests:ListObjectsV2', 1000),
        metered('s3', 'requests:GetObject', 1000),
        metered('s3', 'requests:DeleteObject', 1000),
      ],
      { hours: 730 },
    );
    expect(report.lines.map(({ price, quantity }) => [price, quantity.run])).toEqual([
      ['s3.standard.put', 2000],
      ['s3.standard.get', 1000],
    ]);
    expect(report.freeOfCharge.map(({ usage }) => usage)).toEqual(['requests:DeleteObject']);
  });

  it('lists what nothing knows a price of by name', () => {
    const report = bill([metered('quantum', 'shots', 5, 'q'), metered('s3', 'bytes-out', 7, 'b')], {
      hours: 1,
    });
    expect(report.lines).toEqual([]);
    expect(report.notPriced.map(({ meter, usage, quantity }) => [meter, usage, quantity])).toEqual([
      ['quantum', 'shots', 5],
      ['s3', 'bytes-out', 7],
    ]);
  });

  it('adds what stands in the template and no meter counts', () => {
    const app = appOf({
      Function: { Type: 'AWS::Lambda::Function', Properties: { Architectures: ['arm64'] } },
      Nat: { Type: 'AWS::EC2::NatGateway' },
    });
    const report = bill([metered('lambda', 'requests', 1000, 'app-Function-XYZ')], { app, hours: 10 });
    const nat = report.lines.find(({ price }) => price === 'vpc.nat-gateway.hours');
    expect(nat).toMatchObject({ meter: 'template', ref: { logicalId: 'Nat' } });
    expect(nat?.usd).toEqual({ run: 0.45, month: 32.85 });
    expect(report.lines[0]).toMatchObject({ price: 'lambda.requests.arm64', ref: { logicalId: 'Function' } });
    expect(report.byResource[0]).toEqual({
      key: 'app/Nat',
      usd: { run: 0.45, month: 32.85 },
      usdWithoutFree: { run: 0.45, month: 32.85 },
    });
  });
});

describe('bill of tasks', () => {
  it('is laid to their service, at the price of its processor', () => {
    const app = appOf({
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { Cpu: '256', Memory: '512', RuntimePlatform: { CpuArchitecture: 'ARM64' } },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: { LaunchType: 'FARGATE', TaskDefinition: { Ref: 'Task' } },
      },
    });
    const task = (id: string) =>
      metered('ecs', 'vcpu-seconds:arm64', 900, `arn:aws:ecs:us-east-1:1:task/cluster/${id}`);
    const report = bill([task('a'), task('b')], { app, hours: 1 });
    const [line] = report.lines;
    expect(line).toMatchObject({
      price: 'fargate.vcpu.arm64',
      ref: { logicalId: 'Service' },
      quantity: { run: 0.5 },
    });
    expect(line?.resource).toBeUndefined();
    // 0.5 × 0.03238
    expect(line?.usd.run).toBeCloseTo(0.01619, 9);
  });
});

describe('bill of a task with a public address', () => {
  it('takes the processor from the meter, and the address beside a load balancer’s that nobody meters', () => {
    const app = appOf({
      Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { Cpu: '256', Memory: '512' } },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          LaunchType: 'FARGATE',
          TaskDefinition: { Ref: 'Task' },
          NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: 'ENABLED', Subnets: ['subnet-1'] } },
        },
      },
      Balancer: {
        Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
        Properties: { Type: 'application', Scheme: 'internet-facing', Subnets: ['subnet-1', 'subnet-2'] },
      },
    });
    const task = 'arn:aws:ecs:us-east-1:1:task/cluster/a';
    const { lines } = bill(
      [
        metered('ecs', 'vcpu-seconds:arm64', 3600, task),
        metered('ecs', 'gb-seconds:x86_64', 3600, task),
        metered('ecs', 'public-ipv4-seconds', 3600, task),
      ],
      { app, hours: 1, free: 'none' },
    );
    const of = (price: string) =>
      lines.filter((line) => line.price === price).map(({ ref, quantity }) => [ref?.logicalId, quantity.run]);
    expect(of('fargate.vcpu.arm64')).toEqual([['Service', 1]]);
    expect(of('fargate.memory')).toEqual([['Service', 1]]);
    expect(of('vpc.public-ipv4')).toEqual([
      ['Service', 1],
      ['Balancer', 2],
    ]);
  });
});

describe('usage from a meter', () => {
  const app = appOf({
    Function: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 256 } },
    Queue: { Type: 'AWS::SQS::Queue' },
  });

  it('is what the run counted, per use that it served', () => {
    const { usage, unused } = usageFromMeter(
      [
        metered('lambda', 'requests', 500, 'app-Function-1'),
        metered('lambda', 'gb-seconds:x86_64', 12.5, 'app-Function-1'),
        metered('sqs', 'requests:SendMessage', 100),
        metered('s3', 'bytes-out', 1, 'b'),
      ],
      app,
      { unit: 'plan', low: 10, expected: 1000, high: 5000 },
      100,
    );
    const report = costOf(app, usage);
    // five calls a plan; 12.5 GB-s ÷ 0.25 GB ÷ 500 = 0.1 s each: 5,000 × 0.1 × 0.25
    expect(lineOf(report, 'lambda.requests')?.quantity.expected).toBe(5000);
    expect(lineOf(report, 'lambda.duration')?.quantity.expected).toBe(125);
    expect(lineOf(report, 'sqs.standard.requests')?.quantity.expected).toBe(3000);
    expect(unused).toEqual([
      { meter: 's3', usage: 'bytes-out', because: 'the review has no question for it' },
    ]);
  });

  it('refuses a run that served nothing', () => {
    expect(() => usageFromMeter([], app, { unit: 'x', low: 1, expected: 1, high: 1 }, 0)).toThrow(RangeError);
  });
});
