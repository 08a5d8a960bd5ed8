/** An image, roles, a log group and a cluster: what every test of ECS begins with. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  type ContainerDefinition,
  CreateClusterCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type Service,
  type Task,
} from '@aws-sdk/client-ecs';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { pushImage } from '../../src/local/compute/images/push.ts';
import type { TestCloud } from './harness.ts';

export const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } };

export async function ecsFixture(cloud: TestCloud) {
  const ecs = new ECSClient(cloud.client());
  const ecr = new ECRClient(cloud.client());
  const iam = new IAMClient(cloud.client());
  const logs = new CloudWatchLogsClient(cloud.client());
  const folder = mkdtempSync(join(tmpdir(), 'slipway-ecs-'));
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  });
  const role = async (RoleName: string, Action: readonly string[]) => {
    const { Role } = await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    await iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName: 'own',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
        }),
      }),
    );
    return Role?.Arn ?? '';
  };
  const [executionRoleArn, taskRoleArn] = await Promise.all([
    role('execution', ['ecr:*', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ssm:GetParameters']),
    role('task', ['sqs:*']),
    ecr.send(new CreateRepositoryCommand({ repositoryName: 'app' })),
    ecs.send(new CreateClusterCommand({ clusterName: 'main' })),
    logs.send(new CreateLogGroupCommand({ logGroupName: '/app' })),
  ]);
  let images = 0;

  /** Pushes an image that runs this program, and answers its reference. */
  async function image(program: string, lines = ''): Promise<string> {
    const directory = join(folder, String(images));
    const imageTag = `v${images++}`;
    mkdirSync(directory);
    writeFileSync(join(directory, 'main.mjs'), program);
    writeFileSync(
      join(directory, 'Dockerfile'),
      `FROM public.ecr.aws/docker/library/node:22-slim\nWORKDIR /app\nCOPY main.mjs ./\n${lines}\nCMD ["node", "main.mjs"]\n`,
    );
    await pushImage({ directory, ecr, repositoryName: 'app', imageTag });
    return `${cloud.accountId}.dkr.ecr.${cloud.region}.amazonaws.com/app:${imageTag}`;
  }

  async function define(family: string, container: Partial<ContainerDefinition>, more: object = {}) {
    const { taskDefinition } = await ecs.send(
      new RegisterTaskDefinitionCommand({
        family,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu: '256',
        memory: '512',
        executionRoleArn,
        taskRoleArn,
        containerDefinitions: [
          {
            name: 'app',
            readonlyRootFilesystem: true,
            stopTimeout: 2,
            logConfiguration: {
              logDriver: 'awslogs',
              options: {
                'awslogs-group': '/app',
                'awslogs-region': cloud.region,
                'awslogs-stream-prefix': 'app',
              },
            },
            ...container,
          },
        ],
        ...more,
      }),
    );
    return taskDefinition?.taskDefinitionArn ?? '';
  }

  async function run(taskDefinition: string, more: object = {}): Promise<string> {
    const { tasks } = await ecs.send(
      new RunTaskCommand({ cluster: 'main', taskDefinition, networkConfiguration, ...more }),
    );
    return tasks?.[0]?.taskArn ?? '';
  }
  const task = async (arn: string): Promise<Task> => {
    const { tasks } = await ecs.send(new DescribeTasksCommand({ cluster: 'main', tasks: [arn] }));
    return tasks?.[0] ?? {};
  };
  const service = async (name: string): Promise<Service> => {
    const { services } = await ecs.send(new DescribeServicesCommand({ cluster: 'main', services: [name] }));
    return services?.[0] ?? {};
  };
  const said = async () => {
    const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/app' }));
    return (events ?? []).map(({ message }) => message ?? '');
  };
  return {
    ecs,
    iam,
    ecr,
    logs,
    executionRoleArn,
    taskRoleArn,
    role,
    image,
    define,
    run,
    task,
    service,
    said,
    tasksOf: async (serviceName: string) =>
      (await ecs.send(new ListTasksCommand({ cluster: 'main', serviceName }))).taskArns ?? [],
    stopped: (arn: string) =>
      until(async () => {
        const now = await task(arn);
        return now.lastStatus === 'STOPPED' ? now : undefined;
      }),
    steady: (name: string) =>
      until(async () => {
        const now = await service(name);
        const [deployment, ...others] = now.deployments ?? [];
        return others.length === 0 &&
          deployment?.rolloutState !== 'IN_PROGRESS' &&
          now.runningCount === now.desiredCount
          ? now
          : undefined;
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type EcsFixture = Awaited<ReturnType<typeof ecsFixture>>;

/** Asks until there is an answer; the test's own limit ends it. */
export async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
