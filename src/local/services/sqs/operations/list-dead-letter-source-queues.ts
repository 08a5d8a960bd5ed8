import { operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';
import { page } from '../page.ts';

export const listDeadLetterSourceQueues = (context: SqsContext) =>
  operation('sqs', 'ListDeadLetterSourceQueues', {
    accepts: 'all',
    access: onQueue(context, 'ListDeadLetterSourceQueues'),
    handle({ QueueUrl, NextToken, MaxResults }) {
      const { arn } = context.queues.byUrl(QueueUrl);
      const sources = [...context.queues.all()].filter((queue) => queue.redrive?.deadLetterTargetArn === arn);
      const { urls, next } = page(sources, NextToken, MaxResults);
      return { queueUrls: urls, NextToken: next };
    },
  });
