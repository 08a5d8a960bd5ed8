import { operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { page } from '../page.ts';
import { findCluster, onCluster, shortName, taskArn } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html */
export const listTasks = (context: EcsContext) =>
  operation('ecs', 'ListTasks', {
    accepts: 'all',
    access: ({ cluster }) => ({
      action: 'ecs:ListTasks',
      resource: '*',
      context: onCluster(context, cluster),
    }),
    handle(input) {
      const { name } = findCluster(context, input.cluster);
      if (input.containerInstance) throw unsupported('containerInstance of ecs:ListTasks');
      const { desiredStatus = 'RUNNING' } = input;
      const all = [...context.tasks.values({ prefix: [name] })]
        .filter(
          (task) =>
            task.desiredStatus === desiredStatus &&
            (!input.family || shortName(task.taskDefinitionArn).split(':')[0] === input.family) &&
            (!input.serviceName || task.service === shortName(input.serviceName)) &&
            (!input.startedBy || task.startedBy === input.startedBy) &&
            (!input.launchType || task.launchType === input.launchType),
        )
        .map((task) => taskArn(context, task));
      const { items, next } = page(all, input.nextToken, input.maxResults);
      return { taskArns: items, nextToken: next };
    },
  });
