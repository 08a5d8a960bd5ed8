import { operation } from '../../../service.ts';
import { checkPrincipals, onQueue, type SqsContext } from '../context.ts';

export const setQueueAttributes = (context: SqsContext) =>
  operation('sqs', 'SetQueueAttributes', {
    accepts: 'all',
    access: onQueue(context, 'SetQueueAttributes'),
    handle({ QueueUrl, Attributes }) {
      checkPrincipals(context, Attributes?.Policy);
      context.queues.setAttributes(context.queues.byUrl(QueueUrl), Attributes ?? {});
      return {};
    },
  });
