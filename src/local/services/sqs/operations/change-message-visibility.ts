import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { changeByHandle } from '../in-flight.ts';

export const changeMessageVisibility = (context: SqsContext) =>
  operation('sqs', 'ChangeMessageVisibility', {
    accepts: 'all',
    access: onQueue(context, 'ChangeMessageVisibility'),
    handle({ QueueUrl, ReceiptHandle, VisibilityTimeout = 0 }) {
      changeByHandle(context, context.queues.byUrl(QueueUrl), ReceiptHandle, VisibilityTimeout);
      return {};
    },
  });
