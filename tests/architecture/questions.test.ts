/** Questions of the architecture that the conformance template does not ask. */
import { describe, expect, it } from 'vitest';
import {
  architectureOfTemplate,
  callersOf,
  configurationOf,
  consumedBy,
  databasesBehind,
  distributionsBefore,
  hasOwnLogs,
  isUnresolved,
  logWritersOf,
  ownersOf,
  partsOf,
  type Resource,
  scalingOf,
  triggersOf,
  valueAt,
} from '../../src/architecture/index.ts';

const app = architectureOfTemplate(
  `
Resources:
  Task: { Type: AWS::ECS::TaskDefinition, Properties: { Cpu: 256 } }
  Service: { Type: AWS::ECS::Service, Properties: { TaskDefinition: !Ref Task } }
  Elsewhere: { Type: AWS::ECS::Service, Properties: { TaskDefinition: !ImportValue task } }
  Target: { Type: AWS::ApplicationAutoScaling::ScalableTarget, Properties: { ResourceId: !Sub "service/main/\${Service.Name}" } }
  OfTarget: { Type: AWS::ApplicationAutoScaling::ScalingPolicy, Properties: { ScalingTargetId: !Ref Target } }
  Group: { Type: AWS::AutoScaling::AutoScalingGroup, Properties: { MinSize: "1", MaxSize: "3" } }
  OfGroup: { Type: AWS::AutoScaling::ScalingPolicy, Properties: { AutoScalingGroupName: !Ref Group } }
  Cluster: { Type: AWS::RDS::DBCluster, Properties: { Engine: aurora-postgresql } }
  Writer: { Type: AWS::RDS::DBInstance, Properties: { DBClusterIdentifier: !Ref Cluster } }
  Proxy: { Type: AWS::RDS::DBProxy }
  Behind: { Type: AWS::RDS::DBProxyTargetGroup, Properties: { DBProxyName: !Ref Proxy, DBClusterIdentifiers: [!Ref Cluster] } }
  Secret: { Type: AWS::SecretsManager::Secret }
  Trust: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: {}, ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"] } }
  Admin: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Trust.Arn, LoggingConfig: { LogGroup: !Ref Logs } } }
  Told: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt Trust.Arn, Environment: { Variables: { QUEUE: !Ref Known } } } }
  Known: { Type: AWS::SQS::Queue }
  Unnamed: { Type: AWS::SQS::Queue }
  Logs: { Type: AWS::Logs::LogGroup }
  ToldLogs: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: !Sub "/aws/lambda/\${Told}" } }
  Kept: { Type: AWS::Lambda::Function }
  Keeping: { Type: Custom::LogRetention, Properties: { LogGroupName: !Sub "/aws/lambda/\${Kept}" } }
  Http: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } }
  Route: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Http, RouteKey: GET / } }
  Url: { Type: AWS::Lambda::Url, Properties: { TargetFunctionArn: !GetAtt Kept.Arn } }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - { Id: api, DomainName: !Sub "\${Http}.execute-api.us-east-1.amazonaws.com" }
          - { Id: url, DomainName: !Select [2, !Split ["/", !GetAtt Url.FunctionUrl]] }
  Attached: { Type: AWS::SecretsManager::SecretTargetAttachment, Properties: { SecretId: !Ref Secret, TargetId: !Ref Writer } }
`,
  { name: 'App' },
);

function resource(logicalId: string): Resource {
  const found = app.byId(`App/${logicalId}`);
  if (found === undefined) throw new Error(`the template has no ${logicalId}`);
  return found;
}

const ids = (resources: readonly Resource[]): string[] => resources.map(({ logicalId }) => logicalId);

describe('what scales a resource', () => {
  it('is a scalable target and the policies on it', () => {
    const { bounds, policies } = scalingOf(app, resource('Service'));
    expect([ids(bounds), ids(policies)]).toEqual([['Target'], ['OfTarget']]);
  });

  it('is the policies alone of a group, which has bounds of its own', () => {
    const { bounds, policies } = scalingOf(app, resource('Group'));
    expect([ids(bounds), ids(policies)]).toEqual([[], ['OfGroup']]);
  });
});

describe('the database', () => {
  it.each(['Proxy', 'Secret', 'Writer', 'Cluster'])('behind %s is the cluster', (logicalId) => {
    expect(ids(databasesBehind(app, resource(logicalId)))).toEqual(['Cluster']);
  });
});

it('finds the task definition that configures a service, and none that is not in the app', () => {
  expect(configurationOf(app, resource('Service')).logicalId).toBe('Task');
  expect(configurationOf(app, resource('Elsewhere')).logicalId).toBe('Elsewhere');
});

describe('a role that may do everything with queues', () => {
  it('calls the queue that its configuration names, and nothing else does', () => {
    const callers = callersOf(app, resource('Known'), ['sqs:ReceiveMessage']);
    expect(callers.map(({ compute, isNamed }) => [compute.logicalId, isNamed])).toEqual([['Told', true]]);
    expect(ids(consumedBy(app, resource('Told')))).toContain('Known');
  });

  it('is a guess where nothing names the queue', () => {
    const callers = callersOf(app, resource('Unnamed'), ['sqs:ReceiveMessage']);
    expect(callers.map(({ compute, isNamed }) => [compute.logicalId, isNamed])).toEqual([
      ['Admin', false],
      ['Told', false],
    ]);
  });
});

describe('logs', () => {
  it('go to the group that the function names, or that is named for it', () => {
    expect(ids(logWritersOf(app, resource('Logs')))).toEqual(['Admin']);
    expect(ids(logWritersOf(app, resource('ToldLogs')))).toEqual(['Told']);
  });

  it('are the function’s own also where only their retention is set', () => {
    expect(['Admin', 'Told', 'Kept'].map((id) => hasOwnLogs(app, resource(id)))).toEqual([true, true, true]);
  });
});

it('finds the routes of an API, and the API of a route', () => {
  expect(ids(partsOf(app, resource('Http')))).toEqual(['Route']);
  expect(ids(ownersOf(app, resource('Route')))).toEqual(['Route', 'Http']);
});

it('finds the distribution before an API and before a function URL, which sets its function off', () => {
  expect(ids(distributionsBefore(app, resource('Http')))).toEqual(['Site']);
  expect(ids(distributionsBefore(app, resource('Url')))).toEqual(['Site']);
  expect(triggersOf(app, resource('Kept')).map(({ from }) => from.logicalId)).toEqual(['Url']);
});

it('keeps what is known of a property whose other parts only deployment makes', () => {
  const one = architectureOfTemplate(
    `
Resources:
  Page: { Type: AWS::S3::Bucket }
  Stream: { Type: AWS::KinesisVideo::Stream }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Origins:
          - { Id: page, DomainName: !GetAtt Page.RegionalDomainName }
          - { Id: other, DomainName: !Select [2, !Split ["/", !GetAtt Stream.Url]] }
`,
    { name: 'App' },
  );
  const [site] = one.ofType('AWS::CloudFront::Distribution');
  expect(valueAt(site?.properties, 'DistributionConfig.Origins.0.DomainName')).toBe(
    '{App/Page}.RegionalDomainName',
  );
  expect(isUnresolved(valueAt(site?.properties, 'DistributionConfig.Origins.1.DomainName'))).toBe(true);
});
