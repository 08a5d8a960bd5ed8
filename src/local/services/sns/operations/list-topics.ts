import { operation } from '../../../service.ts';
import { page, type SnsContext } from '../context.ts';

export const listTopics = (context: SnsContext) =>
  operation('sns', 'ListTopics', {
    accepts: 'all',
    access: () => ({ action: 'sns:ListTopics', resource: '*' }),
    handle({ NextToken }) {
      const { items, next } = page([...context.topics.keys()].sort(), NextToken);
      return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken: next };
    },
  });
