import { operation } from '../../../service.ts';
import { meterPayload, onQueue, type SqsContext } from '../context.ts';
import { deliver, prepare } from '../send.ts';

export const sendMessage = (context: SqsContext) =>
  operation('sqs', 'SendMessage', {
    accepts: 'all',
    access: onQueue(context, 'SendMessage'),
    handle(input, call) {
      const queue = context.queues.byUrl(input.QueueUrl);
      const prepared = prepare(context, queue, input, call);
      meterPayload(context, queue, prepared.message.size);
      // A FIFO message and its deduplication id are stored together or not at all.
      return queue.fifo
        ? context.env.store.transaction(() => deliver(queue, prepared))
        : deliver(queue, prepared);
    },
  });
