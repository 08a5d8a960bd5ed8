/** Has somebody written down what could be attacked and how it is stopped? */
import { personItem, practice } from '../kit.ts';

export const threatModel = personItem({
  id: 'threat-model',
  area: 'security',
  question: 'Has somebody written down what could be attacked and how it is stopped?',
  next: 'Link the threat model, with its date.',
  blocks: false,
  reference: practice('security', 'sec_securely_operate_threat_model'),
});
