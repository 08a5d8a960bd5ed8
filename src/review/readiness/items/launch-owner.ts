/** Is it clear who decides to launch, and who decides to stop it? */
import { personItem, practice } from '../kit.ts';

export const launchOwner = personItem({
  id: 'launch-owner',
  area: 'operations',
  question: 'Is it clear who decides to launch, and who decides to stop it?',
  next: 'Name both.',
  blocks: true,
  reference: practice('operational-excellence', 'ops_ready_to_support_informed_deploy_decisions'),
});
