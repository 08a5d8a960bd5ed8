/** A worker that waits for I/O is not busy by its CPU, however long its queue is. */
import type { Rule } from '../../finding.ts';
import { queueWorkers } from './model-queries.ts';

export const cpuScalingOfQueueWorker: Rule = {
  id: 'cpu-scaling-of-queue-worker',
  area: 'capacity',
  title: 'Workers of a queue scale by the queue',
  severity: 'medium',
  why: 'A worker that waits for storage or a model has a low CPU while its queue grows: it never scales out. With an empty queue and CPU of its own it never scales in.',
  reference: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html',
  check(context) {
    for (const { workers, resource, queue, label } of queueWorkers(context.app)) {
      const policies = workers.policies ?? [];
      if (policies.length === 0) continue;
      context.checked();
      if (policies.some(({ metric }) => metric !== 'cpu-utilisation')) continue;
      context.found({
        resource,
        title: `${label} scales by CPU only; nothing looks at how much waits in ${queue.name}`,
        fix: `Add a policy on the backlog per task, or steps on ApproximateNumberOfMessagesVisible of ${queue.name}.`,
        evidence: policies.map((policy) => ({
          at: resource.id,
          shows: `${policy.kind} on ${policy.metric}`,
        })),
      });
    }
  },
};
