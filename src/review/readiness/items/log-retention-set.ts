/** Are logs kept long enough to look into an incident, and not for ever? */
import { fromRules, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const logRetentionSet: Item = {
  id: 'log-retention-set',
  area: 'monitoring',
  question: 'Are logs kept long enough to look into an incident, and not for ever?',
  next: 'RetentionInDays on every log group, 30 days or more for production.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_observability_application_telemetry'),
  check: (inputs) =>
    fromRules(inputs, ['log-retention'], 'Every log group says how long it keeps logs, and at least a week'),
};
