/** What follows from how resources are wired: who calls, sends, receives and sets off whom. */
import { describe, expect, it } from 'vitest';
import type { CostReport } from '../../../src/review/cost/index.ts';
import { costGiven, type Resources } from './given.ts';

const role = (...statements: readonly object[]) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {},
    Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  },
});
const allow = (Action: string, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const arn = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const functionWith = (roleId?: string) => ({
  Type: 'AWS::Lambda::Function',
  Properties: roleId === undefined ? {} : { Role: arn(roleId) },
});
const queue = { Type: 'AWS::SQS::Queue' };

/** The value taken for a question, and why. */
function taken(report: CostReport, logicalId: string, answer: string): string {
  const found = report.assumptions.find(
    (one) => one.resource?.logicalId === logicalId && one.answer === answer,
  );
  return `${found?.value}: ${found?.because}`;
}

const given = (resources: Resources) => costGiven(resources, 'uses: 1000\n');

describe('messages of a queue', () => {
  it('come from what is wired to it: topics, buckets, schedules, pipes and destinations of asynchronous calls', () => {
    const report = given({
      Queue: queue,
      Bucket: { Type: 'AWS::S3::Bucket' },
      Notifications: {
        Type: 'Custom::S3BucketNotifications',
        Properties: {
          BucketName: { Ref: 'Bucket' },
          NotificationConfiguration: { QueueConfigurations: [{ QueueArn: arn('Queue') }] },
        },
      },
      Daily: {
        Type: 'AWS::Scheduler::Schedule',
        Properties: { ScheduleExpression: 'rate(1 day)', Target: { Arn: arn('Queue') } },
      },
      Topic: { Type: 'AWS::SNS::Topic' },
      ByTopic: {
        Type: 'AWS::SNS::Subscription',
        Properties: { TopicArn: { Ref: 'Topic' }, Protocol: 'sqs', Endpoint: arn('Queue') },
      },
    });
    expect(taken(report, 'Queue', 'messages')).toMatch(
      /: one for each call, event or message of Bucket, Daily, ByTopic$/,
    );
  });

  it('are none of a dead-letter queue, and those of its senders where it only allows sources', () => {
    const report = given({
      Jobs: {
        ...queue,
        Properties: { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 } },
      },
      Dead: {
        ...queue,
        Properties: {
          RedriveAllowPolicy: {
            redrivePermission: 'byQueue',
            sourceQueueArns: [{ 'Fn::Sub': 'arn:aws:sqs:us-east-1:123456789012:jobs' }],
          },
        },
      },
    });
    expect(taken(report, 'Dead', 'messages')).toMatch(/^0 messages: it takes only messages that failed/);
    expect(taken(report, 'Jobs', 'messages')).toMatch(/^1 message per use × 1,000 uses: /);
  });

  it('are not those of the worker that takes them out, though it may send too', () => {
    const report = given({
      Jobs: queue,
      ApiRole: role(allow('sqs:SendMessage', arn('Jobs'))),
      Api: functionWith('ApiRole'),
      WorkerRole: role(allow('sqs:*', arn('Jobs'))),
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: { TaskRoleArn: arn('WorkerRole'), Cpu: 256, Memory: 512 },
      },
      Worker: {
        Type: 'AWS::ECS::Service',
        Properties: { LaunchType: 'FARGATE', TaskDefinition: { Ref: 'Task' }, DesiredCount: 1 },
      },
    });
    expect(taken(report, 'Jobs', 'messages')).toBe(
      '1 message per use × 1,000 uses: one for each call, event or message of Api',
    );
    expect(taken(report, 'Worker', 'jobs')).toMatch(/: each message or request of Jobs$/);
    expect(taken(report, 'Jobs', 'emptyReceives')).toMatch(/: each instance of Worker polls;/);
  });
});

describe('calls of a function', () => {
  const sendsAnywhere = { R: role(allow('lambda:InvokeFunction', '*')), Called: functionWith() };

  it('are those of the only function that may call every function', () => {
    const report = given({ ...sendsAnywhere, Caller: functionWith('R') });
    expect(taken(report, 'Called', 'invocations')).toMatch(/: set off by Caller$/);
  });

  it('are not guessed where several may call every function', () => {
    const report = given({ ...sendsAnywhere, One: functionWith('R'), Other: functionWith('R') });
    expect(taken(report, 'Called', 'invocations')).toMatch(/: nothing in the template sets it off/);
  });

  it('are those of its distribution when it runs at the edge, and of its URL behind one', () => {
    const report = given({
      Edge: functionWith(),
      Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Edge' } } },
      Behind: functionWith(),
      Url: {
        Type: 'AWS::Lambda::Url',
        Properties: { TargetFunctionArn: arn('Behind'), AuthType: 'AWS_IAM' },
      },
      Site: {
        Type: 'AWS::CloudFront::Distribution',
        Properties: {
          DistributionConfig: {
            Origins: [
              {
                Id: 'url',
                DomainName: {
                  'Fn::Select': [2, { 'Fn::Split': ['/', { 'Fn::GetAtt': ['Url', 'FunctionUrl'] }] }],
                },
              },
            ],
            DefaultCacheBehavior: {
              LambdaFunctionAssociations: [
                { EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'Version' } },
              ],
            },
          },
        },
      },
    });
    expect(taken(report, 'Edge', 'invocations')).toMatch(/: set off by Site$/);
    expect(taken(report, 'Behind', 'invocations')).toMatch(/: set off by Url$/);
    expect(taken(report, 'Site', 'apiRequests')).toMatch(/: all calls of Url$/);
  });

  it('count when the custom resource of a bucket’s notifications names the function', () => {
    const report = given({
      Bucket: { Type: 'AWS::S3::Bucket' },
      Thumbnail: functionWith(),
      Notifications: {
        Type: 'Custom::S3BucketNotifications',
        Properties: {
          BucketName: { Ref: 'Bucket' },
          NotificationConfiguration: {
            LambdaFunctionConfigurations: [{ LambdaFunctionArn: arn('Thumbnail') }],
          },
        },
      },
    });
    expect(taken(report, 'Thumbnail', 'invocations')).toMatch(/: set off by Bucket$/);
  });
});

it('counts a firewall’s requests once for the API that it guards', () => {
  const report = given({
    Api: { Type: 'AWS::ApiGateway::RestApi' },
    Get: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod: 'GET' } },
    Stage: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod' } },
    Firewall: { Type: 'AWS::WAFv2::WebACL' },
    Guards: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        WebACLArn: arn('Firewall'),
        ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:us-east-1::/restapis/${Api}/stages/${Stage}' },
      },
    },
  });
  expect(taken(report, 'Firewall', 'requests')).toMatch(
    /^1 request per use × 1,000 uses: all requests of Api$/,
  );
});

it('says once of a role that calls which a policy elsewhere allows are not counted', () => {
  const report = given({
    R: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {},
        ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/own'],
      },
    },
    Work: functionWith('R'),
  });
  expect(report.assumptions.map(({ what }) => what)).toContain(
    'Calls of Work that a policy elsewhere allows',
  );
});
