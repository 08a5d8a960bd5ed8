/** Is somebody on call, with a second who is asked when the first does not answer? */
import { personItem, practice } from '../kit.ts';

export const onCall = personItem({
  id: 'on-call',
  area: 'monitoring',
  question: 'Is somebody on call, with a second who is asked when the first does not answer?',
  next: 'Name the rota, the hours it covers, and the way to escalate.',
  blocks: true,
  reference: practice('operational-excellence', 'ops_ready_to_support_personnel_capability'),
});
