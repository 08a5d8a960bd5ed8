import { operation } from '../../../service.ts';
import { checkSubscriptionAttribute, findSubscription, type SnsContext } from '../context.ts';

export const setSubscriptionAttributes = (context: SnsContext) =>
  operation('sns', 'SetSubscriptionAttributes', {
    accepts: 'all',
    access: ({ SubscriptionArn }) => ({
      action: 'sns:SetSubscriptionAttributes',
      resource: findSubscription(context, SubscriptionArn).topicArn,
    }),
    handle({ SubscriptionArn, AttributeName = '', AttributeValue = '' }) {
      const one = findSubscription(context, SubscriptionArn);
      checkSubscriptionAttribute(AttributeName, AttributeValue);
      const { [AttributeName]: _, ...rest } = one.attributes;
      context.putSubscription({
        ...one,
        attributes: AttributeValue === '' ? rest : { ...rest, [AttributeName]: AttributeValue },
      });
      return {};
    },
  });
