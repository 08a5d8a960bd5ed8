import { operation } from '../../../service.ts';
import { checkArn, type SnsContext } from '../context.ts';
import { invalid } from '../errors.ts';

/** Succeeds for a subscription that is gone, as on AWS. */
export const unsubscribe = (context: SnsContext) =>
  operation('sns', 'Unsubscribe', {
    accepts: 'all',
    access({ SubscriptionArn: arn = '' }) {
      if (arn === '') throw invalid('SubscriptionArn Reason: no value for required parameter');
      checkArn(arn, 'SubscriptionArn');
      const topic = arn.slice(0, arn.lastIndexOf(':'));
      if (topic.split(':').length < 6) throw invalid('SubscriptionId');
      return { action: 'sns:Unsubscribe', resource: topic };
    },
    handle({ SubscriptionArn = '' }) {
      const subscription = context.subscriptions.get(SubscriptionArn);
      if (subscription) context.deleteSubscription(subscription);
      return {};
    },
  });
