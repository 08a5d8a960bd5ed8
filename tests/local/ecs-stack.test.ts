import {
  ApplicationAutoScalingClient,
  DescribeScalingPoliciesCommand,
} from '@aws-sdk/client-application-auto-scaling';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type EcsFixture, ecsFixture, until } from './ecs-fixture.ts';
import { type TestCloud, testCloud } from './harness.ts';

let cloud: TestCloud;
let fixture: EcsFixture;
let cloudformation: CloudFormationClient;
beforeAll(async () => {
  cloud = await testCloud();
  fixture = await ecsFixture(cloud);
  cloudformation = new CloudFormationClient(cloud.client());
});
afterAll(async () => {
  await cloud.dispose();
  fixture.remove();
});

const keepOne = {
  rulePriority: 1,
  selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 },
  action: { type: 'expire' },
};

const body = (
  image: string,
  more: { readonly desired?: number; readonly word?: string; readonly alone?: boolean } = {},
) =>
  JSON.stringify({
    Resources: {
      Repository: {
        Type: 'AWS::ECR::Repository',
        Properties: {
          RepositoryPolicyText: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'lambda.amazonaws.com' },
                Action: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
              },
            ],
          },
          LifecyclePolicy: { LifecyclePolicyText: JSON.stringify({ rules: [keepOne] }) },
        },
      },
      Cluster: {
        Type: 'AWS::ECS::Cluster',
        Properties: { ClusterSettings: [{ Name: 'containerInsights', Value: 'disabled' }] },
      },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          Cpu: '256',
          Memory: '512',
          NetworkMode: 'awsvpc',
          RequiresCompatibilities: ['FARGATE'],
          RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
          ExecutionRoleArn: fixture.executionRoleArn,
          TaskRoleArn: fixture.taskRoleArn,
          ContainerDefinitions: [
            {
              Name: 'app',
              Image: image,
              Essential: true,
              ReadonlyRootFilesystem: true,
              StopTimeout: 2,
              Environment: [{ Name: 'WORD', Value: more.word ?? 'one' }],
              HealthCheck: {
                Command: ['CMD-SHELL', 'node --version'],
                Interval: 30,
                Retries: 3,
                StartPeriod: 10,
              },
              LogConfiguration: {
                LogDriver: 'awslogs',
                Options: {
                  'awslogs-group': '/app',
                  'awslogs-stream-prefix': 'app',
                  'awslogs-region': { Ref: 'AWS::Region' },
                },
              },
            },
          ],
        },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          Cluster: { Ref: 'Cluster' },
          TaskDefinition: { Ref: 'Task' },
          ...(more.desired === undefined ? {} : { DesiredCount: more.desired }),
          LaunchType: 'FARGATE',
          LoadBalancers: [],
          EnableECSManagedTags: false,
          DeploymentConfiguration: {
            DeploymentCircuitBreaker: { Enable: true, Rollback: true },
            MaximumPercent: 200,
            MinimumHealthyPercent: 100,
          },
          NetworkConfiguration: {
            AwsvpcConfiguration: {
              AssignPublicIp: 'ENABLED',
              Subnets: ['subnet-1'],
              SecurityGroups: ['sg-1'],
            },
          },
        },
      },
      Target: {
        Type: 'AWS::ApplicationAutoScaling::ScalableTarget',
        Properties: {
          MinCapacity: 1,
          MaxCapacity: 4,
          ResourceId: {
            'Fn::Join': ['/', ['service', { Ref: 'Cluster' }, { 'Fn::GetAtt': ['Service', 'Name'] }]],
          },
          RoleARN: 'arn:aws:iam::000000000000:role/aws-service-role/x',
          ScalableDimension: 'ecs:service:DesiredCount',
          ServiceNamespace: 'ecs',
        },
      },
      Policy: {
        Type: 'AWS::ApplicationAutoScaling::ScalingPolicy',
        Properties: {
          PolicyName: 'out',
          PolicyType: 'StepScaling',
          ScalingTargetId: { Ref: 'Target' },
          StepScalingPolicyConfiguration: {
            AdjustmentType: 'ChangeInCapacity',
            Cooldown: 60,
            MetricAggregationType: 'Maximum',
            StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 1 }],
          },
        },
      },
      Topic: { Type: 'AWS::SNS::Topic' },
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          EventPattern: {
            source: ['aws.ecs'],
            detail: { clusterArn: [{ 'Fn::GetAtt': ['Cluster', 'Arn'] }] },
          },
          State: 'ENABLED',
          Targets: [{ Id: 'Target0', Arn: { Ref: 'Topic' } }],
        },
      },
    },
    Outputs: {
      Cluster: { Value: { Ref: 'Cluster' } },
      Service: { Value: { 'Fn::GetAtt': ['Service', 'Name'] } },
      Arn: { Value: { Ref: 'Service' } },
      Policy: { Value: { Ref: 'Policy' } },
      Rule: { Value: { Ref: 'Rule' } },
      Repository: { Value: { 'Fn::GetAtt': ['Repository', 'RepositoryUri'] } },
    },
  });

const settled = (StackName: string) =>
  until(async () => {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName }));
    const [stack] = Stacks ?? [];
    return stack?.StackStatus?.endsWith('IN_PROGRESS') ? undefined : stack;
  });
const reasons = async (StackName: string) => {
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
  return (StackEvents ?? []).map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n');
};

it('creates, updates, rolls back and deletes a service with its scaling and its rule', async () => {
  const good = await fixture.image('console.log(process.env.WORD); setInterval(() => {}, 1000);');
  const { StackId = '' } = await cloudformation.send(
    new CreateStackCommand({ StackName: 'ecs', TemplateBody: body(good) }),
  );
  const stack = await settled(StackId);
  expect([stack.StackStatus, await reasons(StackId)]).toEqual(['CREATE_COMPLETE', expect.anything()]);
  const output = Object.fromEntries(
    (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
  expect(output.Arn).toBe(
    `arn:aws:ecs:us-east-1:${cloud.accountId}:service/${output.Cluster}/${output.Service}`,
  );
  expect(output.Repository).toMatch(/^\d{12}\.dkr\.ecr\.us-east-1\.amazonaws\.com\//);
  const { ScalingPolicies } = await new ApplicationAutoScalingClient(cloud.client()).send(
    new DescribeScalingPoliciesCommand({ ServiceNamespace: 'ecs' }),
  );
  expect(ScalingPolicies?.map(({ PolicyARN }) => PolicyARN)).toEqual([output.Policy]);
  const { Targets } = await new EventBridgeClient(cloud.client()).send(
    new ListTargetsByRuleCommand({ Rule: output.Rule }),
  );
  expect(Targets?.map(({ Id }) => Id)).toEqual(['Target0']);

  // The count that scaling set survives an update of a template that names none.
  const { ecs } = fixture;
  await ecs.send(
    new UpdateServiceCommand({ cluster: output.Cluster, service: output.Service, desiredCount: 2 }),
  );
  await cloudformation.send(
    new UpdateStackCommand({ StackName: StackId, TemplateBody: body(good, { word: 'two' }) }),
  );
  expect((await settled(StackId)).StackStatus).toBe('UPDATE_COMPLETE');
  const service = async () => {
    const { DescribeServicesCommand } = await import('@aws-sdk/client-ecs');
    const { services } = await ecs.send(
      new DescribeServicesCommand({ cluster: output.Cluster, services: [output.Service ?? ''] }),
    );
    return services?.[0];
  };
  expect(await service()).toMatchObject({ desiredCount: 2, runningCount: 2 });
  // Lines of a task reach their group a moment after it said them.
  const said = async () => (await fixture.said()).filter((line) => line === 'two').length;
  await expect.poll(said, { timeout: 20_000 }).toBe(2);

  const bad = await fixture.image('console.error("no database"); process.exit(7);');
  await cloudformation.send(new UpdateStackCommand({ StackName: StackId, TemplateBody: body(bad) }));
  expect((await settled(StackId)).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(await reasons(StackId)).toMatch(/Circuit Breaker was triggered.*exited with 7[\s\S]*no database/);
  expect(await service()).toMatchObject({ desiredCount: 2, runningCount: 2 });

  await cloudformation.send(new DeleteStackCommand({ StackName: StackId }));
  const gone = await settled(StackId);
  expect([gone.StackStatus, await reasons(StackId)]).toEqual(['DELETE_COMPLETE', expect.anything()]);
}, 60_000);
