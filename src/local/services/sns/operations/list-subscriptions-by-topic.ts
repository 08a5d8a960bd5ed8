import { operation } from '../../../service.ts';
import { findTopic, ofTopic, onTopic, page, type SnsContext } from '../context.ts';
import { listed } from '../list.ts';

export const listSubscriptionsByTopic = (context: SnsContext) =>
  operation('sns', 'ListSubscriptionsByTopic', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'ListSubscriptionsByTopic', TopicArn, call),
    handle({ TopicArn, NextToken }) {
      const { items, next } = page(ofTopic(context, findTopic(context, TopicArn).arn), NextToken);
      return { Subscriptions: items.map(listed(context)), NextToken: next };
    },
  });
