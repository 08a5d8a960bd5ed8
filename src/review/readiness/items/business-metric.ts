/** Is there an alarm on a result that users see, not only on machines? */
import { listAt, textAt } from '../../../architecture/index.ts';
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const businessMetric: Item = {
  id: 'business-metric',
  area: 'monitoring',
  question: 'Is there an alarm on a result that users see, not only on machines?',
  next: 'A metric of finished work (jobs completed, orders paid) with an alarm on its share of failures.',
  reference: practice('operational-excellence', 'ops_observability_identify_kpis'),
  check: ({ app }) => {
    const alarms = app.ofType('AWS::CloudWatch::Alarm');
    if (alarms.length === 0) return answer('no', 'template', 'The template has no alarm.');
    const own = alarms.filter(({ properties }) => {
      const spaces = [
        textAt(properties, 'Namespace'),
        ...listAt(properties, 'Metrics').map((metric) => textAt(metric, 'MetricStat.Metric.Namespace')),
      ];
      return spaces.some((space) => typeof space === 'string' && !space.startsWith('AWS/'));
    });
    return own.length > 0
      ? answer(
          'yes',
          'template',
          `${own.length} alarm(s) watch the app’s own metrics.`,
          own.map(({ id }) => ({ at: id, shows: 'a metric of the app' })),
          own,
        )
      : answer('no', 'template', 'Every alarm watches a metric of AWS; none watches the app’s own.');
  },
};
