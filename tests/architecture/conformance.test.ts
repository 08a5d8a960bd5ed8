/** One template and the facts that follow from it, asked of the architecture and of every section that reads it. */
import { describe, expect, it } from 'vitest';
import {
  architectureOfTemplate,
  consumersOf,
  deadLettersFor,
  entriesFromInternet,
  isDeadLetterQueue,
  isDeploymentMachinery,
  mayDo,
  producersOf,
  type Resource,
  triggeredBy,
  triggersOf,
} from '../../src/architecture/index.ts';
import { modelOf } from '../../src/review/capacity/model/build.ts';
import { costOf } from '../../src/review/cost/index.ts';
import { buildDiagram } from '../../src/review/diagram/index.ts';
import { reviewRecovery } from '../../src/review/recovery/index.ts';
import { accessReport } from '../../src/review/security/access/index.ts';
import { exposureReport } from '../../src/review/security/exposure/index.ts';

const trusts = (service: string) =>
  `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Principal: { Service: ${service} }, Action: "sts:AssumeRole" }] }`;

/**
 * Api puts jobs into a queue and may do everything with it but receive; Worker has the managed policy for queues. The
 * dead-letter queue says whose dead letters it takes, so its RedriveAllowPolicy names the source queue.
 */
const app = architectureOfTemplate(
  `
Resources:
  ApiRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trusts('lambda.amazonaws.com')}
      Policies:
        - PolicyName: queue
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - { Effect: Allow, Action: "sqs:*", Resource: !GetAtt Jobs.Arn }
              - { Effect: Deny, Action: "sqs:ReceiveMessage", Resource: !GetAtt Jobs.Arn }
  Api:
    Type: AWS::Lambda::Function
    Properties: { Role: !GetAtt ApiRole.Arn, Environment: { Variables: { QUEUE: !Ref Jobs } } }
  Http: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP, Name: http } }
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties: { ApiId: !Ref Http, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Api.Arn, PayloadFormatVersion: "2.0" }
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties: { ApiId: !Ref Http, RouteKey: POST /jobs, Target: !Sub "integrations/\${Integration}" }
  Stage: { Type: AWS::ApiGatewayV2::Stage, Properties: { ApiId: !Ref Http, StageName: $default, AutoDeploy: true } }
  Inside: { Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: { Scheme: internal, Subnets: [subnet-1, subnet-2] } }
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { RedrivePolicy: { deadLetterTargetArn: !Sub "arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:jobs-dead", maxReceiveCount: 5 } }
  Dead:
    Type: AWS::SQS::Queue
    Properties: { QueueName: jobs-dead, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!GetAtt Jobs.Arn] } }
  WorkerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trusts('ecs-tasks.amazonaws.com')}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AmazonSQSFullAccess"]
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt WorkerRole.Arn
      Cpu: 256
      Memory: 512
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions: [{ Name: worker, Image: worker, Environment: [{ Name: QUEUE, Value: !Ref Jobs }] }]
  Cluster: { Type: AWS::ECS::Cluster }
  Worker:
    Type: AWS::ECS::Service
    Properties: { Cluster: !Ref Cluster, LaunchType: FARGATE, TaskDefinition: !Ref Task, DesiredCount: 1 }
  Night:
    Type: AWS::Events::Rule
    Properties: { ScheduleExpression: rate(1 day), Targets: [{ Id: a, Arn: !GetAtt Tidy.Arn, DeadLetterConfig: { Arn: !GetAtt Failed.Arn } }] }
  Failed: { Type: AWS::SQS::Queue }
  TidyRole: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trusts('lambda.amazonaws.com')} } }
  Tidy: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt TidyRole.Arn } }
  SetupRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: ${trusts('lambda.amazonaws.com')}
      ManagedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"]
  Setup: { Type: AWS::Lambda::Function, Properties: { Role: !GetAtt SetupRole.Arn } }
  SetUp: { Type: Custom::Setup, Properties: { ServiceToken: !GetAtt Setup.Arn } }
`,
  { name: 'App', region: 'us-east-1' },
);

function resource(logicalId: string): Resource {
  const found = app.byId(`App/${logicalId}`);
  if (found === undefined) throw new Error(`the template has no ${logicalId}`);
  return found;
}

const ids = (resources: Iterable<{ readonly logicalId: string }>): string[] =>
  [...new Set([...resources].map(({ logicalId }) => logicalId))].sort();
const logicalIds = (all: Iterable<string>): string[] => ids([...all].map(resourceOf));
const resourceOf = (id: string): Resource => resource(id.replace('App/', ''));

const becauseOf = (logicalId: string, answer: string): string =>
  costOf(app).assumptions.find((one) => one.resource?.logicalId === logicalId && one.answer === answer)
    ?.because ?? '';

describe('who may receive from the queue: the worker alone', () => {
  it('by the architecture, with the policy that says so', () => {
    const consumers = consumersOf(app, resource('Jobs'));
    expect(ids(consumers.map(({ compute }) => compute))).toEqual(['Worker']);
    expect(consumers).toMatchObject([
      {
        how: 'permission',
        caller: { answer: { policy: { name: 'arn:aws:iam::aws:policy/AmazonSQSFullAccess' } } },
      },
    ]);
    expect(mayDo(app, resource('Api'), 'sqs:ReceiveMessage', resource('Jobs')).allowed).toBe('no');
    expect(mayDo(app, resource('Api'), 'sqs:SendMessage', resource('Jobs'))).toMatchObject({
      allowed: 'yes',
      statement: { path: 'App/ApiRole/Properties/Policies/0/PolicyDocument/Statement/0' },
    });
  });

  it('by the security section', () => {
    const readers = accessReport(app).cells.filter(
      ({ store, read }) =>
        store === 'App/Jobs' && read.some(({ actions }) => actions.includes('sqs:ReceiveMessage')),
    );
    expect(logicalIds(readers.map(({ principal }) => principal))).toEqual(['SetupRole', 'WorkerRole']);
  });

  it('by the cost section', () => {
    expect(becauseOf('Jobs', 'emptyReceives')).toMatch(/^each instance of Worker polls;/);
  });

  it('by the capacity section', () => {
    const takers = modelOf(app).summary.links.filter(({ to, how }) => to === 'App/Jobs' && how === 'takes');
    expect(logicalIds(takers.map(({ from }) => from))).toEqual(['Worker']);
  });

  it('by the recovery section', () => {
    const path = reviewRecovery(app).paths.find(({ entry }) => entry === 'App/Http');
    expect(path?.components).toContain('App/Worker');
  });

  it('by the diagram', () => {
    const { edges } = buildDiagram(app);
    const arrows = edges.filter(({ from, to }) => [from, to].includes('App/Jobs'));
    expect(arrows.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
      'App/Api → App/Jobs',
      'App/Jobs → App/Dead',
      'App/Jobs → App/Worker',
    ]);
  });
});

describe('who may send to the queue: both', () => {
  it('by the architecture', () => {
    expect(ids(producersOf(app, resource('Jobs')).map(({ compute }) => compute))).toEqual(['Api', 'Worker']);
  });
});

describe('which queues take dead letters', () => {
  it('by the architecture', () => {
    const queues = app.ofType('AWS::SQS::Queue');
    expect(ids(queues.filter((queue) => isDeadLetterQueue(app, queue)))).toEqual(['Dead', 'Failed']);
    expect(deadLettersFor(app, resource('Dead')).map(({ of }) => of.logicalId)).toEqual(['Jobs']);
  });

  it('by the cost section', () => {
    const idle = ['Jobs', 'Dead', 'Failed'].filter((id) =>
      /only messages that failed/.test(becauseOf(id, 'messages')),
    );
    expect(idle).toEqual(['Dead', 'Failed']);
    // 10,000 uses a month when nothing is said, each sent, received and deleted.
    const requests = costOf(app).lines.filter(({ fingerprint }) =>
      fingerprint.endsWith('|sqs.standard.requests'),
    );
    expect(
      Object.fromEntries(requests.map((line) => [line.resource.logicalId, line.quantity.expected])),
    ).toEqual({
      Jobs: 30_000,
      Dead: 0,
      Failed: 0,
    });
  });

  it('by the recovery section', () => {
    const called = reviewRecovery(app).components.filter(({ label }) => label === 'dead-letter queue');
    expect(ids(called.map(({ resource: of }) => of))).toEqual(['Dead', 'Failed']);
  });

  it('by the capacity section, of those whose messages it follows', () => {
    const links = modelOf(app).summary.links.filter(({ how }) => how === 'dead-letters');
    expect(logicalIds(links.map(({ to }) => to))).toEqual(['Dead']);
  });
});

describe('what sets what off', () => {
  it('by the architecture', () => {
    expect(triggersOf(app, resource('Api'))).toMatchObject([
      { kind: 'request', from: { logicalId: 'Http' }, via: { logicalId: 'Route' } },
    ]);
    expect(triggeredBy(app, resource('Night'))).toMatchObject([
      { kind: 'schedule', to: { logicalId: 'Tidy' } },
    ]);
    expect(triggersOf(app, resource('Worker'))).toEqual([]);
  });

  it('by the cost section', () => {
    expect(becauseOf('Api', 'invocations')).toContain('Route');
    expect(becauseOf('Tidy', 'invocations')).toContain('Night');
  });

  it('by the capacity section', () => {
    const calls = modelOf(app).summary.links.filter(({ how }) => how !== 'dead-letters' && how !== 'takes');
    expect(calls.map(({ from, to }) => `${from} → ${to}`).sort()).toEqual([
      'App/Api → App/Jobs',
      'App/Http → App/Api',
      'App/Night → App/Tidy',
    ]);
  });

  it('by the diagram', () => {
    const arrows = buildDiagram(app).edges.map(({ from, to }) => `${from} → ${to}`);
    expect(arrows).toEqual(
      expect.arrayContaining(['App/Http → App/Api', 'App/Night → App/Tidy', 'App/Night → App/Failed']),
    );
    expect(arrows.filter((arrow) => arrow.includes('Setup'))).toEqual([]);
  });

  it('and what only deploys', () => {
    expect(isDeploymentMachinery(app, resource('Setup'))).toBe(true);
    expect(isDeploymentMachinery(app, resource('Tidy'))).toBe(false);
  });
});

describe('who enters: the internet through the HTTP API alone', () => {
  it('by the architecture', () => {
    expect(ids(entriesFromInternet(app).map((entry) => entry.resource))).toEqual(['Http']);
  });

  it('by the capacity section, beside the schedule', () => {
    const entries = modelOf(app).entries.filter(({ byDefault }) => byDefault);
    expect(ids(entries.map((entry) => entry.resource))).toEqual(['Http', 'Night']);
  });

  it('by the security section', () => {
    expect(ids(exposureReport(app).entries.map((entry) => entry.resource))).toEqual(['Http']);
  });

  it('by the capacity section', () => {
    const requests = modelOf(app).entries.filter(({ how, byDefault }) => how !== 'send' && byDefault);
    expect(ids(requests.map(({ resource: of }) => of))).toEqual(['Http']);
  });

  it('by the recovery section', () => {
    expect(logicalIds(reviewRecovery(app).paths.map(({ entry }) => entry))).toEqual(['Http']);
  });
});
