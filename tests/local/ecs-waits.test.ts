/** A service that does not become steady says what it waits for and why, in the events of its stack, from the start. */
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
} from '@aws-sdk/client-cloudformation';
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

const body = (container: object) =>
  JSON.stringify({
    Resources: {
      Cluster: { Type: 'AWS::ECS::Cluster' },
      Task: {
        Type: 'AWS::ECS::TaskDefinition',
        Properties: {
          Cpu: '256',
          Memory: '512',
          NetworkMode: 'awsvpc',
          RequiresCompatibilities: ['FARGATE'],
          RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
          ExecutionRoleArn: fixture.executionRoleArn,
          ContainerDefinitions: [{ Name: 'app', ReadonlyRootFilesystem: true, StopTimeout: 2, ...container }],
        },
      },
      Service: {
        Type: 'AWS::ECS::Service',
        Properties: {
          Cluster: { Ref: 'Cluster' },
          TaskDefinition: { Ref: 'Task' },
          LaunchType: 'FARGATE',
          NetworkConfiguration: { AwsvpcConfiguration: { Subnets: ['subnet-1'] } },
        },
      },
    },
  });

const create = (StackName: string, container: object) =>
  cloudformation.send(new CreateStackCommand({ StackName, TemplateBody: body(container) }));

/** The first reason of the service's events that matches. */
const told = (StackName: string, wanted: RegExp) =>
  until(async () => {
    const { StackEvents = [] } = await cloudformation.send(new DescribeStackEventsCommand({ StackName }));
    return StackEvents.find(
      ({ LogicalResourceId, ResourceStatusReason = '' }) =>
        LogicalResourceId === 'Service' && wanted.test(ResourceStatusReason),
    );
  });

it('tells the output of a health check that fails, before the task is given up', async () => {
  const image = await fixture.image('setInterval(() => {}, 1000);');
  await create('sick', {
    Image: image,
    HealthCheck: { Command: ['CMD-SHELL', 'echo no curl here; exit 1'], Interval: 30, Retries: 3 },
  });
  const event = await told('sick', /health check/);
  expect(event.ResourceStatus).toBe('CREATE_IN_PROGRESS');
  expect(event.ResourceStatusReason).toMatch(/waits for .*: the health check of app fails: no curl here/);
  await cloudformation.send(new DeleteStackCommand({ StackName: 'sick' }));
});

it('gives up on an image that is not there after three tasks, and says why from the first on', async () => {
  const image = await fixture.image('');
  await create('none', { Image: image.replace(/[@:][^@:]*$/, ':none') });
  await told('none', /^1 task\(s\) .* have failed: CannotPullContainerError/);
  const event = await told('none', /did not stabilize/);
  expect(event.ResourceStatusReason).toMatch(/: 3 tasks failed, .*CannotPullContainerError/);
});

it('refuses an image of another registry before anything is made', async () => {
  await expect(create('foreign', { Image: 'public.ecr.aws/nginx/nginx:1' })).rejects.toThrow(
    /images of other registries than the local ECR \(public\.ecr\.aws\/nginx\/nginx:1\)/,
  );
});
