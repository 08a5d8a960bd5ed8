import { operation } from '../../../service.ts';
import { defaultPolicy, findTopic, ofTopic, onTopic, type SnsContext } from '../context.ts';

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
          DisplayName: '',
          Policy: defaultPolicy(context.env, topic.arn),
          ...topic.attributes,
          SubscriptionsConfirmed: String(subscriptions.length - pending),
          SubscriptionsPending: String(pending),
          SubscriptionsDeleted: '0',
        },
      };
    },
  });
