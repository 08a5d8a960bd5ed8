/** What sets off what, by each kind of wiring that a template has. */
import { describe, expect, it } from 'vitest';
import { architectureOfTemplate, triggersOf, wiredBy } from '../../src/architecture/index.ts';

const app = architectureOfTemplate(
  `
Resources:
  Work: { Type: AWS::Lambda::Function }
  Live: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Work, FunctionVersion: "1", Name: live } }
  Checks: { Type: AWS::Lambda::Function }

  Rest: { Type: AWS::ApiGateway::RestApi }
  ByToken: { Type: AWS::ApiGateway::Authorizer, Properties: { RestApiId: !Ref Rest, AuthorizerUri: !Sub "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${Checks.Arn}/invocations" } }
  Method:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Rest
      AuthorizerId: !Ref ByToken
      Integration: { Uri: !Sub "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\${Live}/invocations" }

  Http: { Type: AWS::ApiGatewayV2::Api }
  ToQueue: { Type: AWS::ApiGatewayV2::Integration, Properties: { ApiId: !Ref Http, IntegrationSubtype: SQS-SendMessage, RequestParameters: { QueueUrl: !Ref Queue } } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: POST /, Target: !Sub "integrations/\${ToQueue}" } }
  Queue: { Type: AWS::SQS::Queue }
  Mapping: { Type: AWS::Lambda::EventSourceMapping, Properties: { EventSourceArn: !GetAtt Queue.Arn, FunctionName: !Ref Live } }

  Topic: { Type: AWS::SNS::Topic, Properties: { Subscription: [{ Protocol: lambda, Endpoint: !GetAtt Work.Arn }] } }
  Subscription: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Queue.Arn } }
  Alarm: { Type: AWS::CloudWatch::Alarm, Properties: { AlarmActions: [!Ref Topic] } }
  Bucket: { Type: AWS::S3::Bucket, Properties: { NotificationConfiguration: { QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: !GetAtt Queue.Arn }] } } }
  Notifies: { Type: AWS::Lambda::Function }
  Notifications:
    Type: Custom::S3BucketNotifications
    Properties:
      ServiceToken: !GetAtt Notifies.Arn
      BucketName: !Ref Bucket
      NotificationConfiguration: { LambdaFunctionConfigurations: [{ LambdaFunctionArn: !GetAtt Work.Arn }] }
  Bus: { Type: AWS::Events::EventBus }
  OnBus: { Type: AWS::Events::Rule, Properties: { EventBusName: !Ref Bus, EventPattern: { source: [a] }, Targets: [{ Id: a, Arn: !GetAtt Work.Arn }] } }
  Hourly: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 hour), Targets: [{ Id: a, Arn: !GetAtt Work.Arn }] } }
  Daily: { Type: AWS::Scheduler::Schedule, Properties: { Target: { Arn: !GetAtt Work.Arn, RoleArn: !GetAtt Role.Arn } } }
  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: { Statement: [] } } }
  Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !Ref Work, AuthType: NONE } }
  Site: { Type: AWS::CloudFront::Distribution, Properties: { DistributionConfig: { Origins: [{ Id: a, DomainName: !GetAtt Bucket.RegionalDomainName }] } } }

  Balancer: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer }
  Targets: { Type: AWS::ElasticLoadBalancingV2::TargetGroup }
  Others: { Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: { TargetType: lambda, Targets: [{ Id: !GetAtt Checks.Arn }] } }
  Listener: { Type: AWS::ElasticLoadBalancingV2::Listener, Properties: { LoadBalancerArn: !Ref Balancer, DefaultActions: [{ Type: forward, TargetGroupArn: !Ref Targets }] } }
  Rule: { Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: { ListenerArn: !Ref Listener, Actions: [{ Type: forward, ForwardConfig: { TargetGroups: [{ TargetGroupArn: !Ref Others }] } }] } }
  Service: { Type: AWS::ECS::Service, Properties: { LoadBalancers: [{ TargetGroupArn: !Ref Targets, ContainerPort: 80 }] } }
  Link: { Type: AWS::ApiGateway::VpcLink, Properties: { TargetArns: [!Ref Network] } }
  Network: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Type: network } }
  Proxied: { Type: AWS::ApiGateway::Method, Properties: { RestApiId: !Ref Rest, Integration: { ConnectionId: !Ref Link, Uri: "http://inside" } } }
`,
  { name: 'App' },
);

const setOff = (logicalId: string): string[] =>
  app.resources
    .filter((resource) => resource.logicalId === logicalId)
    .flatMap((resource) => triggersOf(app, resource))
    .map(({ kind, from, via }) => `${kind} ${from.logicalId}${via === from ? '' : ` by ${via.logicalId}`}`)
    .sort();

describe('what sets off', () => {
  it('a function, through its alias too', () => {
    expect(setOff('Work')).toEqual([
      'event Bucket by Notifications',
      'event Bus by OnBus',
      'event Topic',
      'poll Queue by Mapping',
      'request Rest by Method',
      'request Url',
      'schedule Daily',
      'schedule Hourly',
    ]);
  });

  it('an authorizer and a target of a load balancer', () => {
    expect(setOff('Checks')).toEqual(['authorize Rest by Method', 'request Balancer by Listener']);
  });

  it('a queue', () => {
    expect(setOff('Queue')).toEqual(['event Bucket', 'event Topic by Subscription', 'request Http by Route']);
  });

  it('a service behind a load balancer, with each wire between them', () => {
    expect(setOff('Service')).toEqual(['request Balancer by Listener']);
    const [service] = app.ofType('AWS::ECS::Service').flatMap((resource) => triggersOf(app, resource));
    expect(service?.wires.map(({ via, property }) => `${via.logicalId} ${property}`)).toEqual([
      'Listener LoadBalancerArn',
      'Listener DefaultActions.0.TargetGroupArn',
      'Service LoadBalancers.0.TargetGroupArn',
    ]);
  });

  it('what lies behind a VPC link, a distribution and an alarm', () => {
    expect(setOff('Network')).toEqual(['request Rest by Proxied']);
    expect(setOff('Bucket')).toEqual(['request Site']);
    expect(setOff('Topic')).toEqual(['event Alarm']);
  });

  it('a provider of custom resources', () => {
    expect(setOff('Notifies')).toEqual(['deployment Notifications']);
  });
});

it('says the single steps that a listener rule wires', () => {
  const steps = app.ofType('AWS::ElasticLoadBalancingV2::ListenerRule').flatMap((rule) => wiredBy(app, rule));
  expect(steps.map(({ from, to }) => `${from.logicalId} → ${to.logicalId}`)).toEqual(['Listener → Others']);
});
