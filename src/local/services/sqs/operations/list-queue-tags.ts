import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';

export const listQueueTags = (context: SqsContext) =>
  operation('sqs', 'ListQueueTags', {
    accepts: 'all',
    access: onQueue(context, 'ListQueueTags'),
    handle({ QueueUrl }) {
      const { tags } = context.queues.byUrl(QueueUrl).record;
      return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
    },
  });
