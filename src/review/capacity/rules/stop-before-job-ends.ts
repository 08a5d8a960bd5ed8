/** A task that is stopped (scale-in, deployment, Spot) is killed before a job of the allowed length has ended. */

import { listAt, valueAt } from '../../../architecture/index.ts';
import type { Rule } from '../../finding.ts';
import { propertyOf } from '../model/context.ts';
import { knownNumber } from './known-number.ts';
import { queueWorkers, taskDefinitionOf } from './model-queries.ts';

/** The most that Fargate allows. */
const maxFargateStopTimeout = 120;

export const stopBeforeJobEnds: Rule = {
  id: 'stopped-before-job-ends',
  area: 'capacity',
  title: 'A task that is stopped has the time to finish its job, or to give it back',
  severity: 'low',
  why: 'Work that is killed half-way comes back after the visibility timeout and is done again; with every deployment and scale-in.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html',
  check(context) {
    for (const { resource, queue } of queueWorkers(context.app)) {
      const task = taskDefinitionOf(context.app, resource);
      if (task === undefined) continue;
      context.checked();
      const visibility = knownNumber(context, queue, 'VisibilityTimeout', 30);
      const containers = listAt(task.properties, 'ContainerDefinitions');
      const index = Math.max(
        0,
        containers.findIndex((one) => valueAt(one, 'StopTimeout') !== undefined),
      );
      const stop = knownNumber(context, task, `ContainerDefinitions.${index}.StopTimeout`, 30);
      if (
        visibility === undefined ||
        stop === undefined ||
        stop >= Math.min(visibility, maxFargateStopTimeout)
      )
        continue;
      context.found({
        resource: task,
        title: `A stopped task is killed after ${stop} s; a job of ${queue.name} may take ${visibility} s`,
        fix: `Set StopTimeout of the container to ${Math.min(visibility, maxFargateStopTimeout)} (at most ${maxFargateStopTimeout} on Fargate), use task scale-in protection, or give the message back on SIGTERM.`,
        evidence: [
          { at: propertyOf(task, `ContainerDefinitions.${index}.StopTimeout`), shows: `${stop} s` },
          { at: propertyOf(queue, 'VisibilityTimeout'), shows: `${visibility} s` },
        ],
      });
    }
  },
};
