import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alarmOn, answerOf, network, type Resources, review } from './recovery-answers.ts';

const role = (name: string) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name } });
const policy = (of: string, action: string, on: unknown) => ({
  Type: 'AWS::IAM::Policy',
  Properties: {
    PolicyName: 'p',
    Roles: [{ Ref: of }],
    PolicyDocument: { Statement: [{ Effect: 'Allow', Action: [action], Resource: on }] },
  },
});
const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });

/** API → function → queue → worker → table; a report that nobody's request needs, and logs. */
const jobs: Resources = {
  ...network(['us-east-1a', 'us-east-1b']),
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: 'jobs' } },
  Method: {
    Type: 'AWS::ApiGateway::Method',
    Properties: {
      RestApiId: { Ref: 'Api' },
      HttpMethod: 'POST',
      Integration: {
        Type: 'AWS_PROXY',
        Uri: {
          'Fn::Sub':
            'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${Create.Arn}/invocations',
        },
      },
    },
  },
  CreateRole: role('create'),
  CreatePolicy: policy('CreateRole', 'sqs:SendMessage', arn('Queue')),
  Create: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: arn('CreateRole'), LoggingConfig: { LogGroup: { Ref: 'Logs' } } },
  },
  Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 30 } },
  Dead: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1_209_600 } },
  Queue: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 60,
      RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 3 },
    },
  },
  WorkerRole: role('worker'),
  WorkerPolicy: policy('WorkerRole', 'sqs:ReceiveMessage', arn('Queue')),
  WorkerTable: policy('WorkerRole', 'dynamodb:PutItem', arn('Table')),
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { Cpu: '256', Memory: '512', TaskRoleArn: arn('WorkerRole') },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      DesiredCount: 1,
      TaskDefinition: { Ref: 'Task' },
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }] } },
    },
  },
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    },
  },
  Report: { Type: 'AWS::Lambda::Function', Properties: {} },
  ...alarmOn('ApiName', 'jobs'),
};

test('the path goes through the queue to who takes its messages, and leaves out logs, dead letters and the rest', () => {
  const [path] = review(jobs).paths;
  expect(path?.entry).toBe('App/Api');
  expect([...(path?.components ?? [])].sort()).toEqual([
    'App/Api',
    'App/Create',
    'App/Queue',
    'App/Service',
    'App/Table',
  ]);
});

test('a component off the path does not limit the whole', () => {
  const lost = {
    ...jobs,
    Orphan: { Type: 'AWS::RDS::DBInstance', Properties: { Engine: 'postgres', BackupRetentionPeriod: 0 } },
  };
  const report = review(lost);
  expect(answerOf(report, 'Orphan', 'lost-zone').rpo?.seconds).toBe('all-data');
  expect(report.whole.find(({ scenario }) => scenario === 'lost-zone')).toMatchObject({
    survives: 'degraded',
    limitedBy: 'App/Service',
    rpo: { seconds: null },
  });
});

test('an alarm on the way in tells of what stands behind it', () => {
  const report = review(jobs);
  const table = report.components.find(({ resource }) => resource.logicalId === 'Table');
  expect(table?.noticed).toEqual({ alarm: 'App/Alarm', afterSeconds: 120, tells: 'person' });
});

test('the targets of Room Detection and Eloquent, one hour and 15 minutes, hold in a zone, not over a restore', () => {
  const report = review(jobs, { targets: { rtoSeconds: 3_600, rpoSeconds: 900 } });
  const verdict = (scenario: string, measure: string) =>
    report.targets.find((each) => each.scenario === scenario && each.measure === measure);
  expect(verdict('lost-instance', 'rto')?.verdict).toBe('met');
  expect(verdict('lost-zone', 'rto')?.verdict).toBe('met');
  expect(verdict('lost-zone', 'rpo')?.verdict).toBe('met');
  // Put back: 180 + 900 + 900 s.
  expect(verdict('bad-deploy', 'rto')?.verdict).toBe('met');
  // 300 + 1,200 s at best, 180 + 900 + 3,600 s at worst; at most five minutes are lost.
  expect(verdict('software-fault', 'rto')).toMatchObject({
    verdict: 'missed',
    metAtBest: true,
    components: ['App/Table'],
  });
  expect(verdict('software-fault', 'rpo')?.verdict).toBe('met');
  expect(verdict('lost-region', 'rpo')?.verdict).toBe('missed');
  // A restore that was rehearsed in 30 minutes is inside the hour: 180 + 900 + 1,800 s.
  const rehearsed = review(jobs, {
    targets: { rtoSeconds: 3_600 },
    restoreSeconds: { 'App/Table': { min: 1_200, max: 1_800 } },
  });
  expect(rehearsed.targets.find(({ scenario }) => scenario === 'software-fault')?.verdict).toBe('met');
});

/** Load balancer → two tasks → Aurora Serverless v2 with a reader: the chatbot's shape. */
const chat: Resources = {
  ...network(['us-east-1a', 'us-east-1b']),
  Balancer: {
    Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer',
    Properties: { Subnets: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }] },
  },
  Listener: {
    Type: 'AWS::ElasticLoadBalancingV2::Listener',
    Properties: {
      LoadBalancerArn: { Ref: 'Balancer' },
      DefaultActions: [{ Type: 'forward', TargetGroupArn: { Ref: 'Group' } }],
    },
  },
  Group: { Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: { Port: 80 } },
  Task: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: {
      Cpu: '512',
      Memory: '1024',
      ContainerDefinitions: [
        { Environment: [{ Name: 'DB', Value: { 'Fn::GetAtt': ['Cluster', 'Endpoint.Address'] } }] },
      ],
    },
  },
  Service: {
    Type: 'AWS::ECS::Service',
    Properties: {
      LaunchType: 'FARGATE',
      DesiredCount: 2,
      TaskDefinition: { Ref: 'Task' },
      LoadBalancers: [{ TargetGroupArn: { Ref: 'Group' }, ContainerName: 'c', ContainerPort: 80 }],
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
      NetworkConfiguration: { AwsvpcConfiguration: { Subnets: [{ Ref: 'Subnet0' }, { Ref: 'Subnet1' }] } },
    },
  },
  Cluster: {
    Type: 'AWS::RDS::DBCluster',
    Properties: { Engine: 'aurora-postgresql', BackupRetentionPeriod: 7, DeletionProtection: true },
  },
  Writer: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceClass: 'db.serverless' },
  },
  Reader: {
    Type: 'AWS::RDS::DBInstance',
    Properties: { DBClusterIdentifier: { Ref: 'Cluster' }, DBInstanceClass: 'db.serverless' },
  },
  ...alarmOn('LoadBalancer', { 'Fn::GetAtt': ['Balancer', 'LoadBalancerFullName'] }),
};

test('the chatbot meets one hour and 15 minutes for instances, zones and deployments, and its database fails over', () => {
  const report = review(chat, { targets: { rtoSeconds: 3_600, rpoSeconds: 900 } });
  expect([...(report.paths[0]?.components ?? [])].sort()).toEqual([
    'App/Balancer',
    'App/Cluster',
    'App/Service',
  ]);
  const of = (scenario: string) => report.whole.find((each) => each.scenario === scenario);
  // The balancer lets go of a lost zone in 10–60 s; a reader is promoted in 15–60 s.
  expect(of('lost-zone')).toMatchObject({
    survives: 'degraded',
    rto: { maxSeconds: 60 },
    rpo: { seconds: null },
  });
  const missed = report.targets
    .filter(({ verdict }) => verdict !== 'met')
    .map(({ scenario, measure }) => `${scenario} ${measure}`);
  // Wrong data: 180 + 900 + (3,600 + 10 GB × 10) s. A lost region has no copy. A deleted stack takes an hour to deploy.
  expect(missed).toEqual(['software-fault rto', 'lost-region rto', 'lost-region rpo', 'deleted rto']);
  expect(of('software-fault')?.rto?.maxSeconds).toBe(4_780);
  expect(report.changeSet?.changes.map(({ change }) => change).sort()).toEqual([
    'global-database',
    'second-region',
    'termination-protection',
  ]);
  expect(report.singlePoints).toEqual([]);
});

test('one NAT gateway for two zones is a single point, and the second one fixes it', () => {
  const nat = {
    ...network(['us-east-1a', 'us-east-1b']),
    Nat: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet0' } } },
    Routes: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: { Ref: 'Vpc' } } },
    Out: {
      Type: 'AWS::EC2::Route',
      Properties: { RouteTableId: { Ref: 'Routes' }, NatGatewayId: { Ref: 'Nat' } },
    },
    Uses: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: { Ref: 'Subnet1' }, RouteTableId: { Ref: 'Routes' } },
    },
    Fn: { Type: 'AWS::Lambda::Function', Properties: { VpcConfig: { SubnetIds: [{ Ref: 'Subnet1' }] } } },
    Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn('Fn'), AuthType: 'NONE' } },
  };
  const report = review(nat, { targets: { scenarios: { 'lost-zone': { rtoSeconds: 60 } } } });
  expect(report.singlePoints).toMatchObject([
    { resource: { logicalId: 'Nat' }, components: ['App/Nat', 'App/Fn'] },
  ]);
  expect(report.changeSet?.changes.map(({ change }) => change)).toEqual(['nat-per-zone']);
  // 730 h × $0.045.
  expect(report.changeSet?.usdPerMonth).toBeCloseTo(32.85, 2);
  const two = review({
    ...nat,
    Other: { Type: 'AWS::EC2::NatGateway', Properties: { SubnetId: { Ref: 'Subnet1' } } },
  });
  expect(two.singlePoints).toEqual([]);
});

test('a template without anything known is not said to survive', () => {
  const report = review(
    { Rule: { Type: 'AWS::Config::ConfigRule', Properties: {} } },
    { targets: { rtoSeconds: 60 } },
  );
  expect(new Set(report.whole.map(({ survives }) => survives))).toEqual(new Set(['cannot-tell']));
  expect(new Set(report.targets.map(({ verdict }) => verdict))).toEqual(new Set(['cannot-tell']));
});

test('a store that no model knows is named', () => {
  const report = review({ Warehouse: { Type: 'AWS::Redshift::Cluster', Properties: {} } });
  expect(report.notModelled.map(({ type }) => type)).toEqual(['AWS::Redshift::Cluster']);
});

test('of what no model knows, what may hold data or serve users is named, and what only connects or watches is not', () => {
  const types = [
    'AWS::FSx::FileSystem',
    'AWS::Timestream::Table',
    'AWS::AppRunner::Service',
    'AWS::EC2::VPCEndpoint',
    'AWS::Scheduler::Schedule',
    'AWS::Budgets::Budget',
    'AWS::SNS::TopicPolicy',
  ];
  const report = review(
    Object.fromEntries(types.map((Type, index) => [`R${index}`, { Type, Properties: {} }])),
  );
  expect(report.notModelled.map(({ type }) => type)).toEqual(types.slice(0, 3));
});

test('never throws, whatever is in the properties', () => {
  const junk = fc.oneof(
    fc.constant(null),
    fc.constant({ Ref: 'Nothing' }),
    fc.constant({ 'Fn::GetAtt': ['Table', 'Arn'] }),
    fc.constant({ 'Fn::If': ['No', 1, 2] }),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const names = Object.keys(jobs);
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.constantFrom(...names), key: fc.nat(8), value: junk }), { maxLength: 6 }),
      (edits) => {
        const mutated: Record<string, { Type?: unknown; Properties?: Record<string, unknown> }> = JSON.parse(
          JSON.stringify(jobs),
        );
        for (const { at, key, value } of edits) {
          const properties = mutated[at]?.Properties ?? {};
          const property = Object.keys(properties)[key];
          if (property !== undefined) properties[property] = value;
        }
        const report = review(mutated, { targets: { rtoSeconds: 3_600, rpoSeconds: 900 } });
        expect(report.whole).toHaveLength(6);
        expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      },
    ),
    // A size just below 0, which was once priced as -0 of a vCPU.
    { numRuns: 25, examples: [[[{ at: 'Task', key: 0, value: -5e-324 }]]] },
  );
});

test('targets that state nothing are no targets', () => {
  const report = review(jobs, { targets: { scenarios: {} } });
  expect(report.targets).toEqual([]);
  expect(report.changeSet).toBeNull();
});

test('what loses its data is told apart from what is only slow, and a part without a price says where to look', () => {
  const report = review(
    {
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { T: { Ref: 'Table' } } } },
      },
      Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arn('Fn'), AuthType: 'NONE' } },
    },
    { targets: { scenarios: { 'lost-region': { rtoSeconds: 3_600 } } } },
  );
  expect(report.targets[0]?.because).toBe(
    'Lost region: Table does not come back with the data, whatever the time; 1 more is too slow.',
  );
  expect(report.changeSet?.unpriced).toEqual(['second-region@app']);
  const region = report.changeSet?.changes.find(({ change }) => change === 'second-region');
  expect(region?.prices[0]).toMatchObject({
    usdPerMonth: null,
    missing: expect.stringContaining('cost section'),
  });
});
