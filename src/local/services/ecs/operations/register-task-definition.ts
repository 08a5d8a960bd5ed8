import { passRole } from '../../../pass-role.ts';
import { operation, thrownBy, unsupported } from '../../../service.ts';
import { containerProblems } from '../container-definition.ts';
import type { EcsContext } from '../context.ts';
import { describeTaskDefinition } from '../describe.ts';
import { clientError } from '../errors.ts';
import { fargateSize } from '../fargate-size.ts';
import { nothingProblems } from '../service-settings.ts';
import { tagList, tagsOf } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html */
export const registerTaskDefinition = (context: EcsContext) =>
  operation('ecs', 'RegisterTaskDefinition', {
    accepts: 'all',
    access: (input) => [
      {
        action: 'ecs:RegisterTaskDefinition',
        resource: context.arn('task-definition', `${input.family ?? ''}:*`),
      },
      ...passRole('ecs-tasks.amazonaws.com', input.taskRoleArn, input.executionRoleArn),
    ],
    *problems(input) {
      const { family = '', containerDefinitions = [] } = input;
      if (!/^[\w-]{1,255}$/.test(family)) yield clientError('Family contains invalid characters.');
      if (input.networkMode !== 'awsvpc')
        yield unsupported(`the network mode ${input.networkMode ?? 'bridge'}: Fargate tasks use awsvpc`);
      const compatibilities = input.requiresCompatibilities ?? [];
      if (compatibilities.length > 0 && !compatibilities.includes('FARGATE'))
        yield unsupported(`task definitions for ${compatibilities.join(' and ')}: Fargate is run here`);
      yield* nothingProblems(
        input,
        [
          ...['volumes', 'placementConstraints', 'pidMode', 'ipcMode', 'proxyConfiguration'],
          ...['inferenceAccelerators', 'enableFaultInjection'],
        ],
        'a task definition',
      );
      const system = input.runtimePlatform?.operatingSystemFamily;
      if (system && system !== 'LINUX') yield unsupported(`the operating system family ${system}`);
      yield* thrownBy(() => fargateSize(input.cpu, input.memory));
      if (containerDefinitions.length === 0) yield clientError('Container definitions should not be empty.');
      for (const container of containerDefinitions)
        yield* containerProblems(container, input.executionRoleArn);
      const names = containerDefinitions.map(({ name }) => name);
      if (new Set(names).size < names.length) yield clientError('Container names should be unique.');
      if (containerDefinitions.every(({ essential }) => essential === false))
        yield clientError('A task definition must have at least one essential container.');
    },
    handle(input, call) {
      const { family = '', containerDefinitions = [] } = input;
      const { cpu, memory } = fargateSize(input.cpu, input.memory);
      const compatibilities = input.requiresCompatibilities ?? [];
      const [latest] = context.taskDefinitions.values({ prefix: [family], reverse: true, limit: 1 });
      const revision = (latest?.revision ?? 0) + 1;
      const record = {
        family,
        revision,
        arn: context.arn('task-definition', `${family}:${revision}`),
        status: 'ACTIVE' as const,
        containers: containerDefinitions.map((container) => ({
          ...container,
          essential: container.essential ?? true,
          portMappings: container.portMappings?.map((port) => ({
            ...port,
            hostPort: port.containerPort,
            protocol: port.protocol ?? ('tcp' as const),
          })),
        })),
        ...(input.taskRoleArn ? { taskRoleArn: input.taskRoleArn } : {}),
        ...(input.executionRoleArn ? { executionRoleArn: input.executionRoleArn } : {}),
        cpu,
        memory,
        ephemeralGib: input.ephemeralStorage?.sizeInGiB ?? 20,
        compatibilities,
        ...(input.runtimePlatform ? { runtimePlatform: input.runtimePlatform } : {}),
        registeredAt: context.env.clock.now(),
        registeredBy: call.caller.arn,
        tags: tagsOf(input.tags),
      };
      context.taskDefinitions.put([family, revision], record);
      return { taskDefinition: describeTaskDefinition(record), tags: tagList(record.tags) };
    },
  });
