import { AwsError, operation } from '../../../service.ts';
import { onQueue, type SqsContext } from '../context.ts';

export const tagQueue = (context: SqsContext) =>
  operation('sqs', 'TagQueue', {
    accepts: 'all',
    access: onQueue(context, 'TagQueue'),
    handle({ QueueUrl, Tags }) {
      const queue = context.queues.byUrl(QueueUrl);
      const tags = { ...queue.record.tags, ...Tags };
      if (Object.keys(tags).length > 50)
        throw new AwsError('InvalidParameterValue', `Too many tags added for queue ${queue.record.name}.`);
      queue.change({ tags });
      return {};
    },
  });
