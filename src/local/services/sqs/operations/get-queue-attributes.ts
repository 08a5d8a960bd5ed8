import { operation } from '../../../service.ts';
import { readOnly, settings } from '../attributes.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { invalidAttributeName } from '../errors.ts';

export const getQueueAttributes = (context: SqsContext) =>
  operation('sqs', 'GetQueueAttributes', {
    accepts: 'all',
    access: onQueue(context, 'GetQueueAttributes'),
    handle({ QueueUrl, AttributeNames }) {
      const names: readonly string[] = AttributeNames ?? [];
      if (names.length === 0) return {};
      for (const name of names)
        if (name !== 'All' && !settings[name] && !readOnly.some((known) => known === name))
          throw invalidAttributeName(name);
      const queue = context.queues.byUrl(QueueUrl);
      const { record, sizes } = queue;
      const all: Record<string, string> = {
        QueueArn: queue.arn,
        ApproximateNumberOfMessages: String(sizes.available),
        ApproximateNumberOfMessagesNotVisible: String(sizes['in-flight']),
        ApproximateNumberOfMessagesDelayed: String(sizes.delayed),
        CreatedTimestamp: String(Math.floor(record.createdAt / 1000)),
        LastModifiedTimestamp: String(Math.floor(record.modifiedAt / 1000)),
        ...record.attributes,
      };
      if (names.includes('All')) return { Attributes: all };
      const asked = Object.entries(all).filter(([name]) => names.includes(name));
      return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
    },
  });
