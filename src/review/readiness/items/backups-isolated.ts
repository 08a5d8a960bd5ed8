/** Is one backup out of reach of whoever can delete the originals? */
import { personItem, practice } from '../kit.ts';

export const backupsIsolated = personItem({
  id: 'backups-isolated',
  area: 'backup',
  question: 'Is one backup out of reach of whoever can delete the originals?',
  next: 'Another account or a locked vault; say which.',
  blocks: false,
  reference: practice('reliability', 'rel_backing_up_data_secured_backups_data'),
});
