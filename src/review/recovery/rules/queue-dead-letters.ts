/** Queues without a dead-letter queue, and dead-letter queues that keep messages too briefly. */
import {
  deadLettersOf,
  isDeadLetterQueue,
  isUnresolved,
  numberAt,
  valueAt,
} from '../../../architecture/index.ts';
import { propertyEvidence, recoveryRule } from './property-rule.ts';

const page =
  'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html';

export const queueDeadLetters = recoveryRule({
  id: 'queue-dead-letters',
  severity: 'medium',
  title: 'Every queue has a dead-letter queue that keeps messages at least as long as it does',
  why: 'Without a dead-letter queue a message that always fails is delivered until it expires. The age of a message in a dead-letter queue counts from the first queue, so a shorter retention there may delete it on arrival.',
  reference: page,
  check: (context) => {
    const { app } = context;
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      if (isDeadLetterQueue(app, queue)) continue;
      context.checked();
      const policy = valueAt(queue.properties, 'RedrivePolicy');
      if (isUnresolved(policy)) {
        context.unclear({ resource: queue, what: 'RedrivePolicy', because: policy.reason });
        continue;
      }
      if (policy === undefined) {
        context.found({
          resource: queue,
          title: `${queue.name} has no dead-letter queue`,
          fix: 'RedrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 or more }',
          evidence: [propertyEvidence(queue, 'RedrivePolicy', policy)],
        });
        continue;
      }
      const target = deadLettersOf(app, queue)[0]?.to;
      if (target === undefined) continue;
      const own = numberAt(queue.properties, 'MessageRetentionPeriod') ?? 345_600;
      const theirs = numberAt(target.properties, 'MessageRetentionPeriod') ?? 345_600;
      if (isUnresolved(own) || isUnresolved(theirs)) continue;
      if (theirs < own || (theirs === own && own < 1_209_600))
        context.found({
          resource: target,
          about: 'retention',
          severity: theirs < own ? 'medium' : 'low',
          title: `A message may expire soon after it reaches ${target.name}: its ${theirs / 86_400} d there count from when it entered ${queue.name}`,
          fix: 'MessageRetentionPeriod: 1209600 (14 days) on the dead-letter queue',
          evidence: [
            propertyEvidence(target, 'MessageRetentionPeriod', theirs),
            propertyEvidence(queue, 'MessageRetentionPeriod', own),
          ],
        });
    }
  },
});
