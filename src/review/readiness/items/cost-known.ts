/** Is the cost of a month known, with nothing left out? */
import { bothUsd } from '../../forms/format.ts';
import { answer, notReviewed } from '../checks.ts';
import type { Item } from '../model.ts';

export const costKnown: Item = {
  id: 'cost-known',
  area: 'operations',
  question: 'Is the cost of a month known, with nothing left out?',
  next: 'State usage in slipway-review.yaml, and a price for what it lists as not priced.',
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_select_service_analyze_all.html',
  check: ({ cost }) => {
    if (cost === undefined) return notReviewed('cost');
    const open = cost.notPriced.length;
    return answer(
      open === 0 ? 'yes' : 'partly',
      'review',
      `${bothUsd(cost.usdPerMonthWithoutFree, cost.usdPerMonth)} a month is expected${open === 0 ? '' : `, without ${open} thing(s) that have no price: ${cost.notPriced.slice(0, 3).join(', ')}`}.`,
    );
  },
};
