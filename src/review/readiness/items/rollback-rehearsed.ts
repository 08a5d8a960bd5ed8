/** Has a deployment been rolled back on purpose, and timed? */
import { personItem, practice } from '../kit.ts';

export const rollbackRehearsed = personItem({
  id: 'rollback-rehearsed',
  area: 'operations',
  question: 'Has a deployment been rolled back on purpose, and timed?',
  next: 'When, and how long it took; state recovery.rollback in slipway-review.yaml.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_mit_deploy_risks_plan_for_unsucessful_changes'),
});
