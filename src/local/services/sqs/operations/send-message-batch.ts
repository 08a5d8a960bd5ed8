import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import { AwsError, operation } from '../../../service.ts';
import { largestMessage } from '../attributes.ts';
import { batch, meterPayload, onQueue, type SqsContext } from '../context.ts';
import { missingParameter } from '../errors.ts';
import { readAttributes, sizeOf } from '../message.ts';
import type { Queue } from '../queue.ts';
import { deliver, prepare, requireContentBasedDeduplication } from '../send.ts';

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
      if (queue.fifo) checkFifoBatch(queue, Entries ?? []);
      meterPayload(context, queue, bytes);
      return context.env.store.transaction(() =>
        batch(Entries, (entry, Id) => ({ Id, ...deliver(queue, prepare(context, queue, entry, call)) })),
      );
    },
  });

/** What a FIFO queue misses in one entry fails the whole call, not that entry. */
function checkFifoBatch(queue: Queue, entries: readonly SendMessageBatchRequestEntry[]): void {
  if (entries.some(({ MessageGroupId }) => MessageGroupId === undefined))
    throw new AwsError('InvalidParameterValue', missingParameter('MessageGroupId').message);
  for (const { MessageDeduplicationId } of entries)
    if (MessageDeduplicationId === undefined) requireContentBasedDeduplication(queue);
}
