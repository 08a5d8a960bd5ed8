import type { Failure } from '@aws-sdk/client-ecs';
import { operation } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTask } from '../describe.ts';
import { clusterName, definitionOf, findCluster, onCluster, shortName } from '../store.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
export const describeTasks = (context: EcsContext) =>
  operation('ecs', 'DescribeTasks', {
    accepts: 'all',
    access: ({ cluster, tasks = [] }) =>
      tasks.map((task) => ({
        action: 'ecs:DescribeTasks',
        resource: context.arn('task', `${clusterName(cluster)}/${shortName(task)}`),
        context: onCluster(context, cluster),
      })),
    handle({ cluster, tasks: wanted = [], include }) {
      const { name } = findCluster(context, cluster);
      const failures: Failure[] = [];
      const tasks = wanted.flatMap((id) => {
        const record = context.tasks.get([name, shortName(id)]);
        if (!record) {
          failures.push({ arn: context.arn('task', `${name}/${shortName(id)}`), reason: 'MISSING' });
          return [];
        }
        const { tags, ...task } = describeTask(
          context,
          record,
          definitionOf(context, record.taskDefinitionArn),
        );
        return [{ ...task, tags: include?.includes('TAGS') ? tags : [] }];
      });
      return { tasks, failures };
    },
  });
