/** Do people reach production only through short-lived roles, and was the list of who may looked through? */
import { personItem, practice } from '../kit.ts';

export const peopleAccess = personItem({
  id: 'people-access',
  area: 'security',
  question:
    'Do people reach production only through short-lived roles, and was the list of who may looked through?',
  next: 'Name the roles, who has them, and when that was last reviewed.',
  blocks: false,
  reference: practice('security', 'sec_identities_identity_provider'),
});
