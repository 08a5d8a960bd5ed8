import { operation } from '../../../service.ts';
import { page, type SnsContext } from '../context.ts';
import { listed } from '../list.ts';

export const listSubscriptions = (context: SnsContext) =>
  operation('sns', 'ListSubscriptions', {
    accepts: 'all',
    access: () => ({ action: 'sns:ListSubscriptions', resource: '*' }),
    handle({ NextToken }) {
      const { items, next } = page([...context.subscriptions.values()], NextToken);
      return { Subscriptions: items.map(listed(context)), NextToken: next };
    },
  });
