/** What the model takes from the architecture: who may call, who consumes, what is set off by what. */
import { describe, expect, it } from 'vitest';
import { modelOf } from '../../../src/review/capacity/index.ts';
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
  worker,
} from './templates.ts';

const model = (resources: Properties) => modelOf(appOf(resources));
const links = (resources: Properties) =>
  model(resources).summary.links.map(({ from, to, how }) => `${from} ${how} ${to}`.replaceAll('App/', ''));
const byDefault = (resources: Properties) =>
  model(resources).entries.flatMap((entry) => (entry.byDefault ? [`${entry.id} to ${entry.to}`] : []));
const caller = (statements: readonly unknown[]): Properties => ({
  Role: resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {},
    Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  }),
  Handler: lambda({ Environment: { Variables: { TABLE: ref('Table') } } }),
  Table: resource('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }),
});
const put = { Effect: 'Allow', Action: 'dynamodb:PutItem', Resource: arn('Table') };

describe('a permission', () => {
  it('that another statement denies is no call', () => {
    expect(links(caller([put]))).toContain('Handler wait Table#writes');
    expect(links(caller([put, { ...put, Effect: 'Deny' }]))).toEqual([]);
  });

  it('under conditions is a call, and is listed with its conditions', () => {
    const found = model(caller([{ ...put, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } }]));
    expect(found.summary.links.map(({ to }) => to)).toEqual(['App/Table#writes']);
    expect(found.unresolved).toMatchObject([
      {
        resource: { id: 'App/Handler' },
        what: 'whether it may dynamodb:PutItem on Table',
        because: 'only under conditions (aws:PrincipalTag/team), which are taken as met',
      },
    ]);
  });

  it('that is not known before deployment is listed on the role', () => {
    const found = model(caller([{ ...put, Resource: { 'Fn::ImportValue': 'elsewhere' } }]));
    expect(found.summary.links).toEqual([]);
    expect(found.unresolved).toMatchObject([{ resource: { id: 'App/Role' }, what: 'what it permits' }]);
  });

  it('to read a table’s stream is not one to read the table', () => {
    const stream = { 'Fn::GetAtt': ['Table', 'StreamArn'] };
    expect(links(caller([{ Effect: 'Allow', Action: 'dynamodb:GetRecords', Resource: stream }]))).toEqual([]);
  });
});

describe('a worker', () => {
  it('does not serve a dead-letter queue that its role may receive from', () => {
    const resources = worker({
      queue: { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 } },
      resources: { Dead: resource('AWS::SQS::Queue') },
    });
    const all = { ...resources, ...role('Role', ['sqs:ReceiveMessage', '*']) };
    expect(links(all).filter((link) => link.includes('takes'))).toEqual(['Service takes Queue']);
  });
});

describe('a load balancer', () => {
  const balanced = worker({
    service: {
      LoadBalancers: [{ ContainerName: 'worker', ContainerPort: 80, TargetGroupArn: ref('Group') }],
    },
    resources: {
      Balancer: resource('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal' }),
      Listener: resource('AWS::ElasticLoadBalancingV2::Listener', {
        LoadBalancerArn: ref('Balancer'),
        DefaultActions: [{ Type: 'forward', TargetGroupArn: ref('Group') }],
      }),
      Group: resource('AWS::ElasticLoadBalancingV2::TargetGroup', { Port: 80 }),
    },
  });

  it('is the way in to the service behind its listener', () => {
    expect(links(balanced)).toContain('Balancer wait Service');
    expect(byDefault(balanced)).toEqual(['Service to App/Service']);
  });

  it('passes on what a REST API sends it through a VPC link', () => {
    const found = links({
      ...balanced,
      Rest: resource('AWS::ApiGateway::RestApi', { Name: 'rest' }),
      Link: resource('AWS::ApiGateway::VpcLink', { TargetArns: [ref('Balancer')] }),
      Method: resource('AWS::ApiGateway::Method', {
        RestApiId: ref('Rest'),
        ResourceId: { 'Fn::GetAtt': ['Rest', 'RootResourceId'] },
        HttpMethod: 'GET',
        Integration: {
          Type: 'HTTP_PROXY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: ref('Link'),
          Uri: 'http://x',
        },
      }),
    });
    expect(found).toContain('Rest wait Service');
  });
});

it('an HTTP API sends to the queue that the parameters of its integration name', () => {
  const resources = {
    ...httpApi(),
    Jobs: resource('AWS::SQS::Queue'),
    ToQueue: resource('AWS::ApiGatewayV2::Integration', {
      ApiId: ref('Api'),
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype: 'SQS-SendMessage',
      PayloadFormatVersion: '1.0',
      RequestParameters: { QueueUrl: ref('Jobs'), MessageBody: '$request.body' },
    }),
    Post: resource('AWS::ApiGatewayV2::Route', {
      ApiId: ref('Api'),
      RouteKey: 'POST /jobs',
      Target: { 'Fn::Join': ['/', ['integrations', ref('ToQueue')]] },
    }),
  };
  expect(links(resources)).toContain('Api send Jobs');
});

describe('a schedule', () => {
  const schedule = (state: string): Properties => ({
    ...role('Role'),
    Handler: lambda(),
    Nightly: resource('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(1 hour)',
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: state,
      Target: { Arn: arn('Handler'), RoleArn: arn('Role') },
    }),
  });

  it('of EventBridge Scheduler brings load at its rate', () => {
    expect(model(schedule('ENABLED')).entries).toMatchObject([
      { id: 'Nightly', to: 'App/Handler', rate: { rate: { rate: { value: 1 / 3_600 } } } },
    ]);
  });

  it('that is disabled brings none, and is listed', () => {
    const { entries, summary } = model(schedule('DISABLED'));
    expect(entries.map(({ id }) => id)).toEqual(['Handler']);
    expect(summary.notModelled).toMatchObject([
      { resource: { id: 'App/Nightly' }, because: 'it is not enabled' },
    ]);
  });
});

it('a queue that a rule on the default bus feeds is not a way in of its own', () => {
  const resources = {
    ...consumer(),
    Rule: resource('AWS::Events::Rule', {
      EventPattern: { source: ['shop'] },
      Targets: [{ Id: 't', Arn: arn('Queue') }],
    }),
  };
  expect(byDefault(resources)).toEqual(['default event bus to App/Queue']);
});

it('a function URL is a way in, named after its function', () => {
  const resources = {
    ...role('Role'),
    Handler: lambda(),
    Url: resource('AWS::Lambda::Url', { TargetFunctionArn: arn('Handler'), AuthType: 'NONE' }),
  };
  expect(byDefault(resources)).toEqual(['Handler URL to App/Handler']);
});
