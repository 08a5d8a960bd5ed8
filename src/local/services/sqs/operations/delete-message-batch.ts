import { operation } from '../../../service.ts';
import { batch, onQueue, type SqsContext } from '../context.ts';
import { deleteByHandle } from '../in-flight.ts';

export const deleteMessageBatch = (context: SqsContext) =>
  operation('sqs', 'DeleteMessageBatch', {
    accepts: 'all',
    access: onQueue(context, 'DeleteMessage'),
    handle({ QueueUrl, Entries }) {
      const queue = context.queues.byUrl(QueueUrl);
      return context.env.store.transaction(() =>
        batch(Entries, ({ ReceiptHandle }, Id) => {
          deleteByHandle(context, queue, ReceiptHandle);
          return { Id };
        }),
      );
    },
  });
