/**
 * Stopping, describing and listing tasks; stopped ones are kept for an hour, as on AWS.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html and its siblings
 */
import type {
  DescribeTasksCommandInput,
  DescribeTasksResponse,
  Failure,
  ListTasksCommandInput,
  ListTasksResponse,
  StopTaskCommandInput,
  StopTaskResponse,
} from '@aws-sdk/client-ecs';
import { operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeTask } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import { page } from '../page.ts';
import { clusterName, findCluster, onCluster, shortName, taskArn } from '../store.ts';

const definitionOf = (context: EcsContext, arn: string) => {
  const [family = '', revision] = shortName(arn).split(':');
  return context.taskDefinitions.get([family, Number(revision)]);
};

export const stopTask = (context: EcsContext) =>
  operation<StopTaskCommandInput, StopTaskResponse>({
    name: 'StopTask',
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

export const describeTasks = (context: EcsContext) =>
  operation<DescribeTasksCommandInput, DescribeTasksResponse>({
    name: 'DescribeTasks',
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

export const listTasks = (context: EcsContext) =>
  operation<ListTasksCommandInput, ListTasksResponse>({
    name: 'ListTasks',
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
