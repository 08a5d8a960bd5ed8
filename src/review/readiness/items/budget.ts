/** Is somebody notified when the app costs more than expected? */
import { listAt } from '../../../architecture/index.ts';
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';

export const budget: Item = {
  id: 'budget',
  area: 'operations',
  question: 'Is somebody notified when the app costs more than expected?',
  next: 'AWS::Budgets::Budget with a notification to a person, or cost anomaly detection.',
  blocks: true,
  reference:
    'https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost_govern_usage_controls.html',
  check: ({ app }) => {
    const budgets = app.ofType('AWS::Budgets::Budget', 'AWS::CE::AnomalySubscription');
    if (budgets.length === 0) return answer('no', 'template', 'The template has no budget.');
    const silent = budgets.filter(
      ({ type, properties }) =>
        type === 'AWS::Budgets::Budget' && listAt(properties, 'NotificationsWithSubscribers').length === 0,
    );
    return answer(
      silent.length === 0 ? 'yes' : 'partly',
      'template',
      silent.length === 0
        ? `${budgets.map(({ id }) => id).join(', ')} tells when it costs more.`
        : `${silent[0]?.name} tells nobody.`,
      budgets.map(({ id, type }) => ({ at: id, shows: type })),
      budgets,
    );
  },
};
