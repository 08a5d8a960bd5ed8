import { operation } from '../../../service.ts';
import { onTopic, type SnsContext } from '../context.ts';

/** Succeeds for a topic that is gone, as on AWS. */
export const deleteTopic = (context: SnsContext) =>
  operation('sns', 'DeleteTopic', {
    accepts: 'all',
    access: ({ TopicArn = '*' }, call) =>
      context.topics.has(TopicArn)
        ? onTopic(context, 'DeleteTopic', TopicArn, call)
        : { action: 'sns:DeleteTopic', resource: TopicArn },
    handle({ TopicArn = '' }) {
      const topic = context.topics.get(TopicArn);
      if (topic) context.deleteTopic(topic);
      return {};
    },
  });
