import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTask } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import { clusterName, definitionOf, findCluster, onCluster, shortName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html */
export const stopTask = (context: EcsContext) =>
  operation('ecs', 'StopTask', {
    accepts: 'all',
    access: ({ cluster, task }) => ({
      action: 'ecs:StopTask',
      resource: context.arn('task', `${clusterName(cluster)}/${shortName(task)}`),
      context: onCluster(context, cluster),
    }),
    handle(input) {
      const { name } = findCluster(context, input.cluster);
      const task = context.tasks.get([name, shortName(input.task)]);
      if (!task) throw invalidParameter('The referenced task was not found.');
      // Its end is told by its state, not waited for.
      if (task.desiredStatus === 'RUNNING')
        void context.runner.stop(task, 'UserInitiated', input.reason ?? 'Task stopped by user');
      const now = context.tasks.get([name, task.id]) ?? task;
      return { task: describeTask(context, now, definitionOf(context, task.taskDefinitionArn)) };
    },
  });
