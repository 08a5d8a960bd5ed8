import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';

export const deleteQueue = (context: SqsContext) =>
  operation('sqs', 'DeleteQueue', {
    accepts: 'all',
    access: onQueue(context, 'DeleteQueue'),
    handle({ QueueUrl }) {
      context.queues.delete(context.queues.byUrl(QueueUrl));
      return {};
    },
  });
