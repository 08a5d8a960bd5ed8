/** Does every function, task and role have only the permissions it uses? */
import { fromSecurity, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const leastPrivilege: Item = {
  id: 'least-privilege',
  area: 'security',
  question: 'Does every function, task and role have only the permissions it uses?',
  next: 'Replace wildcards by the actions and resources that a measured run used.',
  blocks: false,
  reference: practice('security', 'sec_permissions_least_privileges'),
  check: (inputs) =>
    fromSecurity(
      inputs,
      ({ rule }) =>
        /IAM[45]$|^wildcard-|^granted-but-unused$|^unused-data-access$|^privilege-escalation$/.test(rule),
      'No permission was found that is wider than it needs to be',
    ),
};
