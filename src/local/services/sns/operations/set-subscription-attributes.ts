import { operation } from '../../../service.ts';
import { findSubscription, type SnsContext } from '../context.ts';
import { checkDeadLetters, readSubscriptionAttribute } from '../subscription-attributes.ts';

export const setSubscriptionAttributes = (context: SnsContext) =>
  operation('sns', 'SetSubscriptionAttributes', {
    accepts: 'all',
    access: ({ SubscriptionArn }) => ({
      action: 'sns:SetSubscriptionAttributes',
      resource: findSubscription(context, SubscriptionArn).topicArn,
    }),
    handle({ SubscriptionArn, AttributeName = '', AttributeValue = '' }) {
      const one = findSubscription(context, SubscriptionArn);
      const value = readSubscriptionAttribute(AttributeName, AttributeValue, one.attributes);
      const { [AttributeName]: _, ...rest } = one.attributes;
      const attributes = value === '' ? rest : { ...rest, [AttributeName]: value };
      checkDeadLetters(one.topicArn, one.endpoint, attributes);
      context.putSubscription({ ...one, attributes });
      return {};
    },
  });
