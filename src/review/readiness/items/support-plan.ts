/** Is there a support plan with an answer time that fits the targets? */
import { personItem, practice } from '../kit.ts';

export const supportPlan = personItem({
  id: 'support-plan',
  area: 'operations',
  question: 'Is there a support plan with an answer time that fits the targets?',
  next: 'Which plan, and who may open cases.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_ready_to_support_enable_support_plans'),
});
