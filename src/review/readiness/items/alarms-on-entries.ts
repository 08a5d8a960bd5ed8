/** Does an alarm watch every entry point and every queue? */
import { answer, fromRules } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const alarmsOnEntries: Item = {
  id: 'alarms-on-entries',
  area: 'monitoring',
  question: 'Does an alarm watch every entry point and every queue?',
  next: 'An alarm on 5xx answers of every API, load balancer and CDN, and on the age of the oldest message of every queue.',
  blocks: true,
  reference: practice('reliability', 'rel_monitor_aws_resources_monitor_resources'),
  check: (inputs) => {
    const found = fromRules(inputs, ['no-alarm'], 'Every entry point and every queue has an alarm');
    return found.answer === 'not-applicable'
      ? answer(
          'person',
          'nobody',
          'The template has no entry point that this review knows; a person must say what watches it.',
        )
      : found;
  },
};
