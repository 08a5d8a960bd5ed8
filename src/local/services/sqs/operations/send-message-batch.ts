import { AwsError, operation } from '../../../service.ts';
import { largestMessage } from '../attributes.ts';
import { batch, meterPayload, onQueue, type SqsContext } from '../context.ts';
import { readAttributes, sizeOf } from '../message.ts';
import { deliver, prepare } from '../send.ts';

export const sendMessageBatch = (context: SqsContext) =>
  operation('sqs', 'SendMessageBatch', {
    accepts: 'all',
    access: onQueue(context, 'SendMessage'),
    handle({ QueueUrl, Entries }, call) {
      const queue = context.queues.byUrl(QueueUrl);
      const bytes = (Entries ?? []).reduce(
        (sum, entry) => sum + sizeOf(entry.MessageBody ?? '', readAttributes(entry.MessageAttributes)),
        0,
      );
      if (bytes > largestMessage)
        throw new AwsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${largestMessage} bytes. You have sent ${bytes} bytes.`,
        );
      meterPayload(context, queue, bytes);
      return context.env.store.transaction(() =>
        batch(Entries, (entry, Id) => ({ Id, ...deliver(queue, prepare(context, queue, entry, call)) })),
      );
    },
  });
