import { passRole } from '../../../pass-role.ts';
import { operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTask } from '../describe.ts';
import { clientError, invalidParameter } from '../errors.ts';
import { createTask } from '../run/new-task.ts';
import { checkLaunchType, checkNetwork, checkNothing, checkStrategy } from '../service-settings.ts';
import { findCluster, findTaskDefinition, onCluster, tagsOf } from '../store.ts';

const overridable = new Set(['name', 'command', 'environment', 'memory', 'cpu']);

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
export const runTask = (context: EcsContext) =>
  operation('ecs', 'RunTask', {
    accepts: 'all',
    access(input) {
      const { arn, taskRoleArn, executionRoleArn } = findTaskDefinition(context, input.taskDefinition);
      return [
        { action: 'ecs:RunTask', resource: arn, context: onCluster(context, input.cluster) },
        ...passRole(
          'ecs-tasks.amazonaws.com',
          input.overrides?.taskRoleArn ?? taskRoleArn,
          input.overrides?.executionRoleArn ?? executionRoleArn,
        ),
      ];
    },
    handle(input) {
      const cluster = findCluster(context, input.cluster);
      const definition = findTaskDefinition(context, input.taskDefinition);
      if (definition.status !== 'ACTIVE') throw clientError('TaskDefinition is inactive');
      checkLaunchType(input.launchType);
      checkNothing(
        input,
        [
          ...['enableExecuteCommand', 'placementConstraints', 'placementStrategy', 'volumeConfigurations'],
          'referenceId',
        ],
        'ecs:RunTask',
      );
      checkNetwork(input.networkConfiguration);
      const [strategy] = checkStrategy(input.capacityProviderStrategy);
      const { count = 1, overrides } = input;
      if (count < 1 || count > 10) throw invalidParameter('Task count must be between 1 and 10.');
      for (const { name, ...override } of overrides?.containerOverrides ?? []) {
        if (!definition.containers.some((container) => container.name === name))
          throw invalidParameter(
            `Override for container named ${name} is not a container in the TaskDefinition.`,
          );
        for (const [key, value] of Object.entries(override))
          if (!overridable.has(key) && value !== undefined && !(Array.isArray(value) && value.length === 0))
            throw unsupported(`${key} of a container override`);
      }
      const { containerOverrides: _, taskRoleArn: __, executionRoleArn: ___, ...others } = overrides ?? {};
      checkNothing(others, Object.keys(others), 'a task override');
      // Every SDK sends a token, so that a call it repeats starts nothing twice.
      const { clientToken } = input;
      const before = [...context.tasks.values({ prefix: [cluster.name] })].filter(
        (task) => clientToken !== undefined && task.clientToken === clientToken,
      );
      if (before.length > 0)
        return { tasks: before.map((task) => describeTask(context, task, definition)), failures: [] };
      const tags = {
        ...(input.propagateTags === 'TASK_DEFINITION' ? definition.tags : {}),
        ...tagsOf(input.tags),
      };
      const tasks = Array.from({ length: count }, () =>
        createTask(context, {
          cluster: cluster.name,
          definition,
          group: input.group ?? `family:${definition.family}`,
          startedBy: input.startedBy,
          platformVersion: input.platformVersion ?? 'LATEST',
          capacityProvider: strategy?.capacityProvider,
          overrides,
          clientToken,
          tags,
        }),
      );
      const answer = tasks.map((task) => describeTask(context, task, definition));
      for (const task of tasks) context.runner.start(task);
      return { tasks: answer, failures: [] };
    },
  });
