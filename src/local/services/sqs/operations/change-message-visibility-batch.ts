import { operation } from '../../../service.ts';
import { batch, onQueue, type SqsContext } from '../context.ts';
import { missingParameter } from '../errors.ts';
import { changeByHandle } from '../in-flight.ts';

export const changeMessageVisibilityBatch = (context: SqsContext) =>
  operation('sqs', 'ChangeMessageVisibilityBatch', {
    accepts: 'all',
    access: onQueue(context, 'ChangeMessageVisibility'),
    handle({ QueueUrl, Entries }) {
      const queue = context.queues.byUrl(QueueUrl);
      return context.env.store.transaction(() =>
        batch(Entries, ({ ReceiptHandle, VisibilityTimeout }, Id) => {
          if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
          changeByHandle(context, queue, ReceiptHandle, VisibilityTimeout);
          return { Id };
        }),
      );
    },
  });
