/** Items that rules of the recovery section answer. */
import { fromRules } from '../checks.ts';
import type { Item, ItemText } from '../model.ts';
import { operationalReadiness, practice } from '../well-architected.ts';

interface AnsweredByRules extends ItemText {
  readonly rules: readonly string[];
  /** What is so when no rule has a finding. */
  readonly holds: string;
}

const items: readonly AnsweredByRules[] = [
  {
    id: 'dead-letters-watched',
    area: 'monitoring',
    question: 'Is somebody notified of work that failed for good?',
    next: 'An alarm on every dead-letter queue that is not empty.',
    reference: operationalReadiness,
    rules: ['dead-letters-unseen'],
    holds: 'Every dead-letter queue has an alarm',
  },
  {
    id: 'log-retention-set',
    area: 'monitoring',
    question: 'Are logs kept long enough to look into an incident, and not for ever?',
    next: 'RetentionInDays on every log group, 30 days or more for production.',
    reference: practice('operational-excellence', 'ops_observability_application_telemetry'),
    rules: ['log-retention'],
    holds: 'Every log group says how long it keeps logs, and at least a week',
  },
  {
    id: 'scales',
    area: 'performance',
    question: 'Does the app scale with its load?',
    next: 'Target tracking on every service that carries load.',
    reference: practice('reliability', 'rel_adapt_to_changes_autoscale_adapt'),
    rules: ['no-scaling'],
    holds: 'Every service scales',
  },
  {
    id: 'data-backed-up',
    area: 'backup',
    question: 'Can all data be restored to a moment before a fault?',
    next: 'See the recovery section: point-in-time recovery, backups of a week or more, versions of objects.',
    blocks: true,
    reference: practice('reliability', 'rel_backing_up_data_automated_backups_data'),
    rules: ['table-point-in-time', 'database-backups', 'bucket-versioning', 'file-system-backup'],
    holds: 'Every store keeps backups or earlier versions',
  },
  {
    id: 'deletion-guarded',
    area: 'backup',
    question: 'Is data safe from being deleted by mistake?',
    next: 'Deletion protection and DeletionPolicy: Retain on stores, in stages that hold real data.',
    reference: practice('reliability', 'rel_backing_up_data_secured_backups_data'),
    rules: ['deletion-protection', 'delete-without-retain', 'termination-protection'],
    holds: 'Stores refuse to be deleted or stay when their stack goes',
  },
  {
    id: 'failed-work-kept',
    area: 'backup',
    question: 'Is work that fails kept, so that it can be done again?',
    next: 'A dead-letter queue for every queue, an on-failure destination for asynchronous functions and stream consumers.',
    reference: practice('reliability', 'rel_mitigate_interaction_failure_fail_fast'),
    rules: ['queue-dead-letters', 'async-failures', 'batch-failures'],
    holds: 'Work that fails is kept',
  },
];

export const itemsFromRecoveryRules: readonly Item[] = items.map(({ rules, holds, ...text }) => ({
  ...text,
  check: (inputs) => fromRules(inputs, rules, holds),
}));
