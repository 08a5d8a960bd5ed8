/** Is it settled which personal data is kept, where, for how long, and on what legal ground? */
import { personItem, practice } from '../kit.ts';

export const dataProtectionLaw = personItem({
  id: 'data-protection-law',
  area: 'security',
  question: 'Is it settled which personal data is kept, where, for how long, and on what legal ground?',
  next: 'Name the data, the region, the retention, the processor agreements, and who approved it (GDPR: record of processing).',
  blocks: true,
  reference: practice('security', 'sec_data_classification_identify_data'),
});
