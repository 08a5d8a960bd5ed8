import { operation } from '../../../service.ts';
import { findSubscription, type SnsContext } from '../context.ts';

export const unsubscribe = (context: SnsContext) =>
  operation('sns', 'Unsubscribe', {
    accepts: 'all',
    access: ({ SubscriptionArn }) => ({
      action: 'sns:Unsubscribe',
      resource: findSubscription(context, SubscriptionArn).topicArn,
    }),
    handle({ SubscriptionArn }) {
      context.deleteSubscription(findSubscription(context, SubscriptionArn));
      return {};
    },
  });
