import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';

export const untagQueue = (context: SqsContext) =>
  operation('sqs', 'UntagQueue', {
    accepts: 'all',
    access: onQueue(context, 'UntagQueue'),
    handle({ QueueUrl, TagKeys }) {
      const queue = context.queues.byUrl(QueueUrl);
      const tags = Object.entries(queue.record.tags).filter(([key]) => !TagKeys?.includes(key));
      queue.change({ tags: Object.fromEntries(tags) });
      return {};
    },
  });
