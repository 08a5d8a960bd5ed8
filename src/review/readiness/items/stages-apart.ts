/** Are production and the other stages in different accounts? */
import { personItem, practice } from '../kit.ts';

export const stagesApart = personItem({
  id: 'stages-apart',
  area: 'operations',
  question: 'Are production and the other stages in different accounts?',
  next: 'Name the accounts.',
  blocks: false,
  reference: practice('security', 'sec_securely_operate_multi_accounts'),
});
