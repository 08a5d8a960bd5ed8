import { operation } from '../../../service.ts';
import { findGroup, type LogsContext, onGroup } from '../context.ts';
import { notFound } from '../errors.ts';

export const deleteSubscriptionFilter = (context: LogsContext) =>
  operation('logs', 'DeleteSubscriptionFilter', {
    accepts: 'all',
    access: onGroup(context, 'DeleteSubscriptionFilter'),
    handle({ logGroupName, filterName = '' }) {
      const group = findGroup(context, { logGroupName });
      if (!group.subscriptions.has(filterName)) throw notFound('subscription');
      context.logs.deleteSubscription(group, filterName);
      return {};
    },
  });
