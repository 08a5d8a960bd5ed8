/** A scale-in alarm on the visible messages alone fires while the last jobs are still being worked on. */
import type { Rule } from '../../finding.ts';
import { num } from '../simulator/quantity.ts';
import { knownNumber } from './known-number.ts';
import { queueWorkers } from './model-queries.ts';

export const scaleInDuringJob: Rule = {
  id: 'scale-in-during-job',
  area: 'capacity',
  title: 'Scaling in waits for longer than a job may take',
  severity: 'low',
  why: 'Visible messages are zero as soon as all are being worked on: when the alarm acts sooner than a job ends, it stops tasks in the middle of their jobs.',
  reference: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection.html',
  check(context) {
    for (const { workers, resource, queue, label } of queueWorkers(context.app)) {
      const inwards = (workers.policies ?? []).flatMap((policy) =>
        policy.kind === 'step' &&
        policy.metric === 'queue-depth' &&
        policy.steps.every(({ amount }) => num(amount) < 0)
          ? [policy]
          : [],
      );
      if (inwards.length === 0) continue;
      context.checked();
      const visibility = knownNumber(context, queue, 'VisibilityTimeout', 30);
      if (visibility === undefined) continue;
      for (const policy of inwards) {
        const wait = num(policy.period, 60) * num(policy.evaluationPeriods);
        if (wait >= visibility) continue;
        context.found({
          resource,
          title: `${label} scales in after ${wait} s without waiting messages; a job may take ${visibility} s`,
          fix: `Let the alarm look at ${Math.ceil(visibility / num(policy.period, 60))} periods at least, or use task scale-in protection.`,
          evidence: [
            {
              at: typeof policy.threshold === 'number' ? resource.id : policy.threshold.source,
              shows: `${num(policy.evaluationPeriods)} × ${num(policy.period, 60)} s`,
            },
            { at: `${queue.id}/Properties/VisibilityTimeout`, shows: `${visibility} s` },
          ],
        });
      }
    }
  },
};
