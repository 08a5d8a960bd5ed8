/** Requests are counted where they happen, once: neither twice by two names of one thing, nor not at all. */
import { describe, expect, it } from 'vitest';
import { costGiven, lineOf, type Resources } from './given.ts';

const api: Resources = {
  Api: { Type: 'AWS::ApiGateway::RestApi' },
  Get: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      HttpMethod: 'GET',
      ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
    },
  },
  Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
  Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'REGIONAL', Rules: [] } },
};
const arn = 'arn:aws:apigateway:us-east-1::/restapis/';
const guards = (ResourceArn: unknown) => ({
  Type: 'AWS::WAFv2::WebACLAssociation',
  Properties: { WebACLArn: { 'Fn::GetAtt': ['Acl', 'Arn'] }, ResourceArn },
});
const stage = (name: string) => ({
  'Fn::Join': ['', [arn, { Ref: 'Api' }, '/stages/', { Ref: name }]],
});

describe('requests that a web ACL inspects', () => {
  it.each([
    ['a stage by Join over API and stage', { One: guards(stage('Stage')) }],
    ['a stage by Sub', { One: guards({ 'Fn::Sub': `${arn}\${Api}/stages/\${Stage}` }) }],
    [
      'two stages of one API',
      {
        Other: {
          Type: 'AWS::ApiGateway::Stage',
          Properties: { RestApiId: { Ref: 'Api' }, StageName: 'test' },
        },
        One: guards(stage('Stage')),
        Two: guards(stage('Other')),
      },
    ],
    ['the same stage twice', { One: guards(stage('Stage')), Two: guards(stage('Stage')) }],
  ])('are those of its API when it guards %s', (_, more) => {
    const report = costGiven({ ...api, ...more });
    expect(lineOf(report, 'waf.requests')?.quantity.expected).toBe(1000);
  });
});

describe('a queue', () => {
  const dead = { 'Fn::GetAtt': ['Dead', 'Arn'] };
  it('is no dead-letter queue because it permits others to use it, nor because it names one', () => {
    const report = costGiven({
      Work: {
        Type: 'AWS::SQS::Queue',
        Properties: { RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: 3 } },
      },
      Dead: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          RedriveAllowPolicy: {
            redrivePermission: 'byQueue',
            sourceQueueArns: [{ 'Fn::GetAtt': ['Other', 'Arn'] }],
          },
        },
      },
      Other: { Type: 'AWS::SQS::Queue' },
    });
    const messages = (name: string) =>
      report.lines.find(({ resource }) => resource.logicalId === name)?.quantity.expected;
    expect(['Work', 'Other', 'Dead'].map(messages)).toEqual([3000, 3000, 0]);
  });
});

describe('an app that is driven by created objects', () => {
  const fn = { Type: 'AWS::Lambda::Function' };
  const target = { 'Fn::GetAtt': ['Target', 'Arn'] };
  const bucket = (NotificationConfiguration: unknown) => ({
    Type: 'AWS::S3::Bucket',
    Properties: { NotificationConfiguration },
  });
  const notified = (kind: string, key: string) =>
    bucket({ [kind]: [{ Event: 's3:ObjectCreated:*', [key]: target }] });
  it.each<[string, Resources]>([
    ['a function', { Bucket: notified('LambdaConfigurations', 'Function'), Target: fn }],
    ['a queue', { Bucket: notified('QueueConfigurations', 'Queue'), Target: { Type: 'AWS::SQS::Queue' } }],
    ['a topic', { Bucket: notified('TopicConfigurations', 'Topic'), Target: { Type: 'AWS::SNS::Topic' } }],
    ['EventBridge', { Bucket: bucket({ EventBridgeConfiguration: { EventBridgeEnabled: true } }) }],
    [
      'a function, by the CDK’s own resource',
      {
        Bucket: { Type: 'AWS::S3::Bucket' },
        Wire: {
          Type: 'Custom::S3BucketNotifications',
          Properties: {
            BucketName: { Ref: 'Bucket' },
            NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: target }] },
          },
        },
        Target: fn,
      },
    ],
  ])('pays for a PUT a use, and its bucket tells %s', (_, app) => {
    const report = costGiven(app);
    expect(lineOf(report, 's3.standard.put')?.quantity.expected).toBe(1000);
    for (const price of ['lambda.requests', 'sqs.standard.requests', 'sns.requests'])
      expect(lineOf(report, price)?.quantity.expected ?? 1).toBeGreaterThan(0);
  });
});

describe('traces', () => {
  const traced = (properties: object) => ({ TracingConfig: { Mode: 'Active' }, ...properties });
  const fn = (properties: object = {}) => ({
    Type: 'AWS::Lambda::Function',
    Properties: traced(properties),
  });
  const integrated = (TracingEnabled: boolean): Resources => ({
    ...api,
    Stage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', TracingEnabled },
    },
    Get: {
      Type: 'AWS::ApiGateway::Method',
      Properties: {
        RestApiId: { Ref: 'Api' },
        HttpMethod: 'GET',
        ResourceId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] },
        Integration: {
          Type: 'AWS_PROXY',
          Uri: {
            'Fn::Join': [
              '',
              [
                'arn:aws:apigateway:us-east-1:lambda:path/functions/',
                { 'Fn::GetAtt': ['Fn', 'Arn'] },
                '/invocations',
              ],
            ],
          },
        },
      },
    },
    Fn: fn(),
  });
  const traces = (app: Resources, usage?: string) =>
    costGiven(app, usage)
      .lines.filter(({ price }) => price === 'xray.traces.recorded')
      .reduce((all, { quantity }) => all + quantity.expected, 0);

  it.each([
    ['a function alone', { Fn: fn() }],
    ['a traced API before a traced function', integrated(true)],
    ['an API without tracing before a traced function', integrated(false)],
  ])('are one for each request of %s', (_, app) => {
    expect(traces(app)).toBe(1000);
  });

  it('are the first of each second and 5 % of the others, as AWS samples', () => {
    // 10 M requests in 2,628,000 s: 2,628,000 + 5 % of 7,372,000
    expect(traces({ Fn: fn() }, 'uses: 10000000\n')).toBeCloseTo(2_996_600, 3);
  });
});

describe('logs of functions', () => {
  it('fall in price with their volume, and share the free tier with other logs', () => {
    // 1 KB a call: 50 G calls are 47,683.7 GB: 10,240 × 0.50 + 20,480 × 0.25 + 16,963.7 × 0.10
    const report = costGiven({ Fn: { Type: 'AWS::Lambda::Function' } }, 'uses: 50000000000\n');
    const line = lineOf(report, 'cloudwatch.logs.ingestion.lambda');
    expect(line?.usdWithoutFree.expected).toBeCloseTo(5120 + 5120 + 1696.37, 1);
  });
});
