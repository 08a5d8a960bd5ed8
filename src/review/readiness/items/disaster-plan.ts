/** Is it written down who does what when the region is lost, or when it was decided to wait? */
import { personItem, practice } from '../kit.ts';

export const disasterPlan = personItem({
  id: 'disaster-plan',
  area: 'backup',
  question: 'Is it written down who does what when the region is lost, or when it was decided to wait?',
  next: 'Link the plan with its date; "we wait" is an answer when the targets allow it.',
  blocks: false,
  reference: practice('reliability', 'rel_planning_for_recovery_disaster_recovery'),
});
