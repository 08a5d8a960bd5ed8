import type { DeleteMessageCommandInput } from '@aws-sdk/client-sqs';
import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { deleteByHandle } from '../in-flight.ts';

export const deleteMessage = (context: SqsContext) =>
  operation<DeleteMessageCommandInput, Record<string, never>>({
    name: 'DeleteMessage',
    accepts: 'all',
    access: onQueue(context, 'DeleteMessage'),
    handle({ QueueUrl, ReceiptHandle }) {
      deleteByHandle(context, context.queues.byUrl(QueueUrl), ReceiptHandle);
      return {};
    },
  });
