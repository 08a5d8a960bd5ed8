/** Does a check from outside test every few minutes that users can reach the app? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const outsideCheck: Item = {
  id: 'outside-check',
  area: 'monitoring',
  question: 'Does a check from outside test every few minutes that users can reach the app?',
  next: 'AWS::Synthetics::Canary or AWS::Route53::HealthCheck with an alarm, or a service of another provider.',
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
