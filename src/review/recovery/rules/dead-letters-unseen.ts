/** Dead letters that nobody reads. */
import { isDeadLetterQueue } from '../../../architecture/index.ts';
import { readWatches } from '../notice.ts';
import { customRule } from './kit.ts';

export const deadLettersUnseen = customRule({
  id: 'dead-letters-unseen',
  severity: 'medium',
  title: 'Every dead-letter queue has an alarm',
  why: 'Work that failed for good waits there, and expires, while everything else looks well.',
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html',
  check: (context) => {
    const { app } = context;
    const watched = new Set(readWatches(app).flatMap(({ watches }) => watches));
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      if (!isDeadLetterQueue(app, queue)) continue;
      context.checked();
      if (watched.has(queue.id)) continue;
      context.found({
        resource: queue,
        title: `Nothing tells when messages arrive in the dead-letter queue ${queue.name}`,
        fix: 'An alarm on ApproximateNumberOfMessagesVisible > 0, to a topic that a person is subscribed to',
        evidence: [{ at: queue.id, shows: 'no alarm names it' }],
      });
    }
  },
});
