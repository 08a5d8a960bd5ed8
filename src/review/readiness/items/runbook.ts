/** Is there a runbook for every alarm: what it means, what to do first, whom to call? */
import { personItem, practice } from '../kit.ts';

export const runbook = personItem({
  id: 'runbook',
  area: 'operations',
  question: 'Is there a runbook for every alarm: what it means, what to do first, whom to call?',
  next: 'Link it; each alarm’s description should name its page.',
  blocks: true,
  reference: practice('operational-excellence', 'ops_ready_to_support_use_runbooks'),
});
