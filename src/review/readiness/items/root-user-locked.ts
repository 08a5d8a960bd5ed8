/** Is the root user locked away, with multi-factor authentication and no access keys? */
import { personItem, practice } from '../kit.ts';

export const rootUserLocked = personItem({
  id: 'root-user-locked',
  area: 'security',
  question: 'Is the root user locked away, with multi-factor authentication and no access keys?',
  next: 'Who holds the second factor, and when was it last tried?',
  blocks: true,
  reference: practice('security', 'sec_securely_operate_aws_account'),
});
