import { operation } from '../../../service.ts';
import { checkTags, onQueue, type SqsContext } from '../context.ts';

export const tagQueue = (context: SqsContext) =>
  operation('sqs', 'TagQueue', {
    accepts: 'all',
    access: onQueue(context, 'TagQueue'),
    handle({ QueueUrl, Tags }) {
      const queue = context.queues.byUrl(QueueUrl);
      const tags = { ...queue.record.tags, ...Tags };
      checkTags(tags);
      queue.change({ tags });
      return {};
    },
  });
