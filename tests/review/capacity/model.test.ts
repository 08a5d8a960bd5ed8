/** A template in, nodes and links out: what the simulator is told of a system. */
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
  scaling,
  tracking,
  worker,
} from './templates.ts';

const model = (resources: Properties) => modelOf(appOf(resources));
const node = (resources: Properties, id: string) => model(resources).built.get(`App/${id}`)?.node;
const number = (resources: Properties, id: string, name: string) =>
  model(resources)
    .summary.nodes.find((one) => one.id === `App/${id}`)
    ?.numbers.find((one) => one.name === name);

describe('numbers', () => {
  it('come with the property they were read from', () => {
    expect(number(consumer(), 'Handler', 'timeout')).toEqual({
      name: 'timeout',
      value: 30,
      source: 'App/Handler/Properties/Timeout',
      assumed: false,
    });
  });

  it('that the template leaves out are AWS’s default, with its page', () => {
    const found = number({ Queue: resource('AWS::SQS::Queue') }, 'Queue', 'visibilityTimeout');
    expect(found).toMatchObject({ value: 30, assumed: false });
    expect(found?.source).toContain('https://docs.aws.amazon.com/');
  });

  it('that no template holds are marked assumed', () => {
    expect(number(consumer(), 'Handler', 'service.p50')).toMatchObject({ assumed: true });
  });

  it('that cannot be known before deployment are assumed and listed', () => {
    const resources = consumer({ queue: { VisibilityTimeout: { 'Fn::GetAtt': ['Handler', 'Something'] } } });
    const found = model({
      ...resources,
      Queue: resource('AWS::SQS::Queue', { VisibilityTimeout: { 'Fn::ImportValue': 'elsewhere' } }),
    });
    const numbers = found.summary.nodes.find(({ id }) => id === 'App/Queue')?.numbers;
    expect(numbers?.find(({ name }) => name === 'visibilityTimeout')).toMatchObject({
      value: 30,
      assumed: true,
    });
    expect(found.unresolved.map(({ resource: one, what }) => [one?.id, what])).toContainEqual([
      'App/Queue',
      'VisibilityTimeout',
    ]);
  });
});

describe('calls', () => {
  it('follow from a permission and an environment variable', () => {
    const resources = {
      ...httpApi({ handler: { Environment: { Variables: { QUEUE: ref('Jobs'), TABLE: ref('Table') } } } }),
      Jobs: resource('AWS::SQS::Queue'),
      Table: resource('AWS::DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST' }),
      ...role('Role', ['sqs:SendMessage', arn('Jobs')], ['dynamodb:PutItem', arn('Table')]),
    };
    expect(node(resources, 'Handler')).toMatchObject({
      calls: [
        { to: 'App/Table#writes', how: 'wait' },
        { to: 'App/Jobs', how: 'send' },
      ],
    });
  });

  it('are not taken from an environment variable without the permission', () => {
    const resources = {
      ...httpApi({ handler: { Environment: { Variables: { QUEUE: ref('Jobs') } } } }),
      Jobs: resource('AWS::SQS::Queue'),
    };
    expect(node(resources, 'Handler')).toMatchObject({ calls: [] });
  });

  it('that would lead back to their caller are left out and listed', () => {
    const resources = {
      ...consumer({ handler: { Environment: { Variables: { QUEUE: ref('Queue') } } } }),
      ...role('Role', [['sqs:SendMessage', 'sqs:ReceiveMessage'], arn('Queue')]),
    };
    const found = model(resources);
    expect(found.built.get('App/Handler')?.node).toMatchObject({ calls: [] });
    expect(found.unresolved.map(({ what }) => what)).toContain('whether it calls App/Queue');
  });

  it('go from a topic to each of its subscribers', () => {
    const resources = {
      ...consumer(),
      Publisher: lambda({ Role: arn('PublisherRole'), Environment: { Variables: { TOPIC: ref('Topic') } } }),
      ...role('PublisherRole', ['sns:Publish', ref('Topic')]),
      Topic: resource('AWS::SNS::Topic'),
      Subscription: resource('AWS::SNS::Subscription', {
        TopicArn: ref('Topic'),
        Protocol: 'sqs',
        Endpoint: arn('Queue'),
      }),
    };
    expect(node(resources, 'Publisher')).toMatchObject({ calls: [{ to: 'App/Queue', how: 'send' }] });
  });
});

describe('nodes', () => {
  it('give an ECS service the queue that its role may receive from, and its scaling', () => {
    const policy = tracking(
      { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' } },
      60,
    );
    expect(node(worker({ resources: scaling(7, policy) }), 'Service')).toMatchObject({
      kind: 'workers',
      takes: { kind: 'messages', queue: 'App/Queue' },
      min: { value: 1 },
      max: { value: 7 },
      policies: [{ kind: 'target-tracking', metric: 'cpu-utilisation', target: { value: 60 } }],
    });
  });

  it('understand metric math that divides the depth by the tasks', () => {
    const metrics = [
      { Id: 'backlog', Expression: 'visible / tasks', ReturnData: true },
      {
        Id: 'visible',
        ReturnData: false,
        MetricStat: {
          Stat: 'Maximum',
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateNumberOfMessagesVisible',
            Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
          },
        },
      },
      {
        Id: 'tasks',
        ReturnData: false,
        MetricStat: {
          Stat: 'Average',
          Metric: { Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount' },
        },
      },
    ];
    const policy = tracking({ CustomizedMetricSpecification: { Metrics: metrics } }, 20);
    expect(node(worker({ resources: scaling(5, policy) }), 'Service')).toMatchObject({
      policies: [{ metric: 'backlog-per-task', queue: 'App/Queue', target: { value: 20 } }],
    });
  });

  it('leave out a policy whose metric is not modelled, and say so', () => {
    const policy = tracking(
      { PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageMemoryUtilization' } },
      60,
    );
    const found = model(worker({ resources: scaling(5, policy) }));
    expect(found.built.get('App/Service')?.node).toMatchObject({ policies: [] });
    expect(found.unresolved.map(({ because }) => because).join()).toContain(
      'ECSServiceAverageMemoryUtilization',
    );
  });

  it('read step scaling from its alarm', () => {
    const steps = {
      PolicyName: 'out',
      PolicyType: 'StepScaling',
      StepScalingPolicyConfiguration: {
        AdjustmentType: 'ChangeInCapacity',
        Cooldown: 60,
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 2 }],
      },
    };
    const alarm = resource('AWS::CloudWatch::Alarm', {
      AlarmActions: [ref('Policy')],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Period: 60,
      Threshold: 10,
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
    });
    expect(node(worker({ resources: { ...scaling(5, steps), Alarm: alarm } }), 'Service')).toMatchObject({
      policies: [
        {
          kind: 'step',
          metric: 'queue-depth',
          comparison: '>=',
          threshold: { value: 10 },
          steps: [{ amount: { value: 2 }, lower: { value: 0 } }],
          cooldown: { value: 60 },
        },
      ],
    });
  });

  it('give a PostgreSQL instance the connections of its class', () => {
    const resources = {
      Db: resource('AWS::RDS::DBInstance', { Engine: 'postgres', DBInstanceClass: 'db.t4g.medium' }),
    };
    // LEAST(4 GiB / 9531392, 5000)
    expect(node(resources, 'Db')).toMatchObject({ maxConnections: { value: 450 } });
  });

  it('give a proxy the share of its database’s connections, and a line to wait in', () => {
    const resources = {
      Db: resource('AWS::RDS::DBInstance', { Engine: 'mysql', DBInstanceClass: 'db.m6g.large' }),
      Proxy: resource('AWS::RDS::DBProxy', { EngineFamily: 'MYSQL' }),
      Group: resource('AWS::RDS::DBProxyTargetGroup', {
        DBProxyName: ref('Proxy'),
        DBInstanceIdentifiers: [ref('Db')],
        ConnectionPoolConfigurationInfo: { MaxConnectionsPercent: 50 },
      }),
    };
    // 8 GiB / 12582880, and half of it
    expect(node(resources, 'Db')).toMatchObject({ maxConnections: { value: 682 }, whenFull: 'error' });
    expect(node(resources, 'Proxy')).toMatchObject({ maxConnections: { value: 341 }, whenFull: 'wait' });
  });

  it('throttle a provisioned table at its units, with five minutes of burst', () => {
    const resources = {
      Table: resource('AWS::DynamoDB::Table', {
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 2 },
      }),
    };
    expect(model(resources).built.get('App/Table#writes')?.node).toMatchObject({
      throttle: { rate: { value: 2 }, burst: { value: 600 } },
    });
  });

  it('take the stage’s throttle for each route', () => {
    const stage = { DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20 } };
    expect(node(httpApi({ stage }), 'Api')).toMatchObject({
      timeout: { value: 30 },
      routes: [
        {
          name: 'GET /things',
          throttle: { rate: { value: 50 }, burst: { value: 20 } },
          calls: [{ to: 'App/Handler' }],
        },
      ],
    });
  });
});

describe('what is not modelled', () => {
  it('is listed by name', () => {
    const resources = {
      ...consumer(),
      Stream: resource('AWS::Kinesis::Stream', { ShardCount: 1 }),
      OnStream: resource('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: arn('Stream'),
        FunctionName: ref('Handler'),
      }),
      Fifo: resource('AWS::SQS::Queue', { FifoQueue: true }),
      Machine: resource('AWS::StepFunctions::StateMachine', {}),
    };
    const ids = model(resources).summary.notModelled.map(({ resource: one }) => one.logicalId);
    expect(ids.sort()).toEqual(['Fifo', 'Machine', 'OnStream', 'Stream']);
  });

  it('includes functions that run only during deployment', () => {
    const resources = {
      ...role('Role'),
      Provider: lambda(),
      Custom: resource('Custom::Thing', { ServiceToken: arn('Provider') }),
    };
    expect(model(resources).summary.notModelled[0]?.because).toContain('only while the stack is deployed');
  });
});

describe('ways in', () => {
  it('are the routes, and not the queue behind them', () => {
    const resources = {
      ...consumer(),
      ...httpApi({ handler: { Environment: { Variables: { QUEUE: ref('Queue') } } } }),
      ...role('Role', [['sqs:SendMessage', 'sqs:ReceiveMessage'], arn('Queue')]),
      Handler: lambda({ Environment: { Variables: { QUEUE: ref('Queue') } } }),
      Consumer: lambda({ Role: arn('ConsumerRole') }),
      ...role('ConsumerRole', ['sqs:ReceiveMessage', arn('Queue')]),
      Mapping: resource('AWS::Lambda::EventSourceMapping', {
        EventSourceArn: arn('Queue'),
        FunctionName: ref('Consumer'),
      }),
    };
    expect(
      model(resources)
        .entries.filter(({ byDefault }) => byDefault)
        .map(({ id }) => id),
    ).toEqual(['GET /things']);
  });

  it('have the rate of their schedule', () => {
    const resources = {
      ...role('Role'),
      Handler: lambda(),
      Rule: resource('AWS::Events::Rule', {
        ScheduleExpression: 'rate(5 minutes)',
        Targets: [{ Id: 't', Arn: arn('Handler') }],
      }),
    };
    expect(model(resources).entries).toMatchObject([
      {
        to: 'App/Handler',
        how: 'send',
        rate: { text: 'rate(5 minutes)', rate: { rate: { value: 1 / 300 } } },
      },
    ]);
  });
});
