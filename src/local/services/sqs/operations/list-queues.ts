import { operation } from '../../../service.ts';
import type { SqsContext } from '../context.ts';
import { page } from '../page.ts';

export const listQueues = ({ env, queues }: SqsContext) =>
  operation('sqs', 'ListQueues', {
    accepts: 'all',
    access: () => ({ action: 'sqs:ListQueues', resource: env.arn('sqs', '*') }),
    handle({ QueueNamePrefix = '', NextToken, MaxResults }) {
      const found = [...queues.all()].filter((queue) => queue.record.name.startsWith(QueueNamePrefix));
      const { urls, next } = page(found, NextToken, MaxResults);
      return { QueueUrls: urls, NextToken: next };
    },
  });
