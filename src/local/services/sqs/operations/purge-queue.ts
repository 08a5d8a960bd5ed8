import { AwsError, operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';

export const purgeQueue = (context: SqsContext) =>
  operation('sqs', 'PurgeQueue', {
    accepts: 'all',
    access: onQueue(context, 'PurgeQueue'),
    handle({ QueueUrl }) {
      const queue = context.queues.byUrl(QueueUrl);
      const now = context.env.clock.now();
      if (now - queue.purgedAt < 60_000)
        throw new AwsError(
          'PurgeQueueInProgress',
          `Only one PurgeQueue operation on ${queue.record.name} is allowed every 60 seconds.`,
          403,
        );
      queue.purgedAt = now;
      queue.purge();
      return {};
    },
  });
