/** Dead-letter queues without an alarm. */
import { isDeadLetterQueue } from '../../../architecture/index.ts';
import { readAlarms } from '../alarms.ts';
import { recoveryRule } from './property-rule.ts';

export const deadLettersUnseen = recoveryRule({
  id: 'dead-letters-unseen',
  severity: 'medium',
  title: 'Every dead-letter queue has an alarm',
  why: 'Messages that could not be processed wait there until they expire, and no other metric shows it.',
  reference:
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/dead-letter-queues-alarms-cloudwatch.html',
  check: (context) => {
    const { app } = context;
    const watched = new Set(readAlarms(app).flatMap(({ resources }) => resources));
    for (const queue of app.ofType('AWS::SQS::Queue')) {
      if (!isDeadLetterQueue(app, queue)) continue;
      context.checked();
      if (watched.has(queue.id)) continue;
      context.found({
        resource: queue,
        title: `No alarm watches the dead-letter queue ${queue.name}`,
        fix: 'An alarm on ApproximateNumberOfMessagesVisible > 0, to a topic that a person is subscribed to',
        evidence: [{ at: queue.id, shows: 'no alarm names it' }],
      });
    }
  },
});
