/** Can all data be put back to a moment before a fault? */
import { fromRules, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const dataBackedUp: Item = {
  id: 'data-backed-up',
  area: 'backup',
  question: 'Can all data be put back to a moment before a fault?',
  next: 'See the recovery section: point-in-time recovery, backups of a week or more, versions of objects.',
  blocks: true,
  reference: practice('reliability', 'rel_backing_up_data_automated_backups_data'),
  check: (inputs) =>
    fromRules(
      inputs,
      ['table-point-in-time', 'database-backups', 'bucket-versioning', 'file-system-backup'],
      'Every store keeps backups or earlier versions',
    ),
};
