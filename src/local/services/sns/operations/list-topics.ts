import type { ListTopicsCommandInput, ListTopicsResponse } from '@aws-sdk/client-sns';
import { operation } from '../../../service.ts';
import { page, type SnsContext } from '../context.ts';

export const listTopics = (context: SnsContext) =>
  operation<ListTopicsCommandInput, ListTopicsResponse>({
    name: 'ListTopics',
    accepts: 'all',
    access: () => ({ action: 'sns:ListTopics', resource: '*' }),
    handle({ NextToken }) {
      const { items, next } = page([...context.topics.keys()].sort(), NextToken);
      return { Topics: items.map((TopicArn) => ({ TopicArn })), NextToken: next };
    },
  });
