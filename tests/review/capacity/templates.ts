/** Templates of the capacity tests, small and complete, and a price list of round numbers. */

import { type Architecture, architectureOfTemplate } from '../../../src/architecture/index.ts';
import type { Load, PricePort } from '../../../src/review/capacity/index.ts';
import { loadPart, valid } from '../part.ts';

export type Properties = Readonly<Record<string, unknown>>;
export const resource = (type: string, properties: Properties = {}) => ({
  Type: type,
  Properties: properties,
});
export const ref = (id: string) => ({ Ref: id });
export const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

export const appOf = (resources: Properties): Architecture =>
  architectureOfTemplate(JSON.stringify({ Resources: resources }), { name: 'App' });

export const loadOf = (app: Architecture, text: string): Load => valid(loadPart(text, app));

/** One dollar a unit, whatever it is. */
export const price: PricePort = (_id, _region, quantity) => ({ usd: quantity });

export const role = (
  name: string,
  ...statements: readonly (readonly [string | readonly string[], unknown])[]
) => ({
  [name]: resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
      ],
    },
    Policies: statements.map(([Action, Resource], index) => ({
      PolicyName: `P${index}`,
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource }] },
    })),
  }),
});

export const lambda = (more: Properties = {}) =>
  resource('AWS::Lambda::Function', {
    Code: { ZipFile: 'exports.handler = async () => {}' },
    Handler: 'index.handler',
    Runtime: 'nodejs22.x',
    Role: arn('Role'),
    ...more,
  });

/** A queue and a Fargate worker of it, named `Queue` and `Service`. */
export const worker = (
  more: { service?: Properties; queue?: Properties; container?: Properties; resources?: Properties } = {},
): Properties => ({
  Queue: resource('AWS::SQS::Queue', { VisibilityTimeout: 60, ...more.queue }),
  Cluster: resource('AWS::ECS::Cluster'),
  ...role('Role', [['sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('Queue')]),
  Task: resource('AWS::ECS::TaskDefinition', {
    Cpu: '256',
    Memory: '512',
    RequiresCompatibilities: ['FARGATE'],
    TaskRoleArn: arn('Role'),
    ContainerDefinitions: [
      {
        Name: 'worker',
        Image: 'worker',
        Environment: [{ Name: 'QUEUE_URL', Value: ref('Queue') }],
        ...more.container,
      },
    ],
  }),
  Service: resource('AWS::ECS::Service', {
    Cluster: ref('Cluster'),
    TaskDefinition: ref('Task'),
    LaunchType: 'FARGATE',
    ...more.service,
  }),
  ...more.resources,
});

export const scaling = (max: number, policy: Properties | undefined = undefined): Properties => ({
  Target: resource('AWS::ApplicationAutoScaling::ScalableTarget', {
    MinCapacity: 1,
    MaxCapacity: max,
    ResourceId: { 'Fn::Join': ['/', ['service', ref('Cluster'), { 'Fn::GetAtt': ['Service', 'Name'] }]] },
    ScalableDimension: 'ecs:service:DesiredCount',
    ServiceNamespace: 'ecs',
  }),
  ...(policy === undefined
    ? {}
    : {
        Policy: resource('AWS::ApplicationAutoScaling::ScalingPolicy', {
          ScalingTargetId: ref('Target'),
          ...policy,
        }),
      }),
});

export const tracking = (metric: Properties, target: number): Properties => ({
  PolicyName: 'p',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: { TargetValue: target, ...metric },
});

/** A function that takes from a queue, named `Queue`, `Handler` and `Mapping`. */
export const consumer = (
  more: { queue?: Properties; handler?: Properties; mapping?: Properties } = {},
): Properties => ({
  Queue: resource('AWS::SQS::Queue', { VisibilityTimeout: 180, ...more.queue }),
  ...role('Role', ['sqs:ReceiveMessage', arn('Queue')]),
  Handler: lambda({ Timeout: 30, ...more.handler }),
  Mapping: resource('AWS::Lambda::EventSourceMapping', {
    EventSourceArn: arn('Queue'),
    FunctionName: ref('Handler'),
    ...more.mapping,
  }),
});

/** An HTTP API before a function, named `Api` and `Handler`. */
export const httpApi = (
  more: { handler?: Properties; stage?: Properties; resources?: Properties } = {},
): Properties => ({
  ...role('Role'),
  Handler: lambda({ Timeout: 10, ...more.handler }),
  Api: resource('AWS::ApiGatewayV2::Api', { Name: 'api', ProtocolType: 'HTTP' }),
  Integration: resource('AWS::ApiGatewayV2::Integration', {
    ApiId: ref('Api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: arn('Handler'),
    PayloadFormatVersion: '2.0',
  }),
  Route: resource('AWS::ApiGatewayV2::Route', {
    ApiId: ref('Api'),
    RouteKey: 'GET /things',
    Target: { 'Fn::Join': ['/', ['integrations', ref('Integration')]] },
  }),
  Stage: resource('AWS::ApiGatewayV2::Stage', {
    ApiId: ref('Api'),
    StageName: '$default',
    AutoDeploy: true,
    ...more.stage,
  }),
  ...more.resources,
});
