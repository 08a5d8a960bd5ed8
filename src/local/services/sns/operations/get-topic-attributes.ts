import { operation } from '../../../service.ts';
import { findTopic, ofTopic, onTopic, type SnsContext } from '../context.ts';
import { answeredAttributes } from '../topic-attributes.ts';

export const getTopicAttributes = (context: SnsContext) =>
  operation('sns', 'GetTopicAttributes', {
    accepts: 'all',
    access: ({ TopicArn }, call) => onTopic(context, 'GetTopicAttributes', TopicArn, call),
    handle({ TopicArn }) {
      const topic = findTopic(context, TopicArn);
      const subscriptions = ofTopic(context, topic.arn);
      const pending = subscriptions.filter((one) => one.pending).length;
      return {
        Attributes: {
          TopicArn: topic.arn,
          Owner: context.env.accountId,
          ...answeredAttributes(context.env, topic),
          SubscriptionsConfirmed: String(subscriptions.length - pending),
          SubscriptionsPending: String(pending),
          SubscriptionsDeleted: '0',
        },
      };
    },
  });
