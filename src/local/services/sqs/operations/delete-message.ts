import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { deleteByHandle } from '../in-flight.ts';

export const deleteMessage = (context: SqsContext) =>
  operation('sqs', 'DeleteMessage', {
    accepts: 'all',
    access: onQueue(context, 'DeleteMessage'),
    handle({ QueueUrl, ReceiptHandle }) {
      deleteByHandle(context, context.queues.byUrl(QueueUrl), ReceiptHandle);
      return {};
    },
  });
