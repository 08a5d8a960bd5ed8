/** Is data safe from being deleted by mistake? */
import { fromRules, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const deletionGuarded: Item = {
  id: 'deletion-guarded',
  area: 'backup',
  question: 'Is data safe from being deleted by mistake?',
  next: 'Deletion protection and DeletionPolicy: Retain on stores, in stages that hold real data.',
  blocks: false,
  reference: practice('reliability', 'rel_backing_up_data_secured_backups_data'),
  check: (inputs) =>
    fromRules(
      inputs,
      ['deletion-protection', 'delete-without-retain', 'termination-protection'],
      'Stores refuse to be deleted or stay when their stack goes',
    ),
};
