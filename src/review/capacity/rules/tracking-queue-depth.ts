/** Target tracking of the raw queue depth: it does not fall in proportion to tasks. */
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { nodesOf } from './model-queries.ts';

export const trackingQueueDepth: Rule = {
  id: 'tracking-raw-queue-depth',
  area: 'capacity',
  title: 'Target tracking follows a value that falls in proportion as capacity is added',
  severity: 'medium',
  why: 'The number of messages does not halve when tasks double: target tracking overshoots, then scales in while messages wait. Backlog per task does.',
  reference: 'https://docs.aws.amazon.com/autoscaling/ec2/userguide/as-using-sqs-queue.html',
  check(context) {
    for (const { node, resource, label } of nodesOf(context.app, 'workers')) {
      const tracking = (node.policies ?? []).filter(({ kind }) => kind === 'target-tracking');
      if (tracking.length > 0) context.checked();
      for (const policy of tracking) {
        if (policy.metric !== 'queue-depth' || policy.kind !== 'target-tracking') continue;
        context.found({
          resource,
          title: `${label} keeps the number of waiting messages at ${num(policy.target)}, however many tasks run`,
          fix: 'Track the backlog per task: metric math of ApproximateNumberOfMessagesVisible divided by RunningTaskCount, with the acceptable delay divided by the mean time of a job as target.',
          evidence: [
            {
              at: typeof policy.target === 'number' ? resource.id : policy.target.source,
              shows: `TargetValue ${num(policy.target)} messages`,
            },
          ],
        });
      }
    }
  },
};
