/** Is it agreed that incidents are looked into afterwards, and what was learnt is written down? */
import { personItem, practice } from '../kit.ts';

export const incidentReview = personItem({
  id: 'incident-review',
  area: 'operations',
  question: 'Is it agreed that incidents are looked into afterwards, and what was learnt is written down?',
  next: 'Who does it, within how many days.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_evolve_ops_perform_rca_process'),
});
