/** Does something outside ask every few minutes whether users can still get in? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const outsideCheck: Item = {
  id: 'outside-check',
  area: 'monitoring',
  question: 'Does something outside ask every few minutes whether users can still get in?',
  next: 'AWS::Synthetics::Canary or AWS::Route53::HealthCheck with an alarm, or a service of another provider.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_observability_customer_telemetry'),
  check: ({ app }) => {
    const checks = app.ofType('AWS::Synthetics::Canary', 'AWS::Route53::HealthCheck');
    return checks.length > 0
      ? answer(
          'yes',
          'template',
          `${checks.map(({ id }) => id).join(', ')} asks from outside.`,
          checks.map(({ id, type }) => ({ at: id, shows: type })),
          checks,
        )
      : answer('person', 'nobody', 'The template has no canary or health check; one may run elsewhere.');
  },
};
