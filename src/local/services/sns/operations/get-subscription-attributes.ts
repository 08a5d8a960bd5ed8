import { operation } from '../../../service.ts';
import { findSubscription, type SnsContext } from '../context.ts';

export const getSubscriptionAttributes = (context: SnsContext) =>
  operation('sns', 'GetSubscriptionAttributes', {
    accepts: 'all',
    access: ({ SubscriptionArn }) => ({
      action: 'sns:GetSubscriptionAttributes',
      resource: findSubscription(context, SubscriptionArn).topicArn,
    }),
    handle({ SubscriptionArn }) {
      const one = findSubscription(context, SubscriptionArn);
      const { FilterPolicyScope, ...attributes } = one.attributes;
      const scope = FilterPolicyScope === undefined ? {} : { FilterPolicyScope };
      return {
        Attributes: {
          RawMessageDelivery: 'false',
          ...(one.attributes.FilterPolicy ? { FilterPolicyScope: 'MessageAttributes', ...scope } : {}),
          ...attributes,
          SubscriptionArn: one.arn,
          TopicArn: one.topicArn,
          Protocol: one.protocol,
          Endpoint: one.endpoint,
          SubscriptionPrincipal: one.principal,
          Owner: context.env.accountId,
          PendingConfirmation: String(one.pending),
          ConfirmationWasAuthenticated: String(!one.pending),
        },
      };
    },
  });
