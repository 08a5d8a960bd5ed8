/** Are there no open findings of high or critical severity? */
import { fromSecurity, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const securityFindings: Item = {
  id: 'security-findings',
  area: 'security',
  question: 'Are there no open findings of high or critical severity?',
  next: 'Mend them, or acknowledge them with a reason and a date until which that holds.',
  blocks: true,
  reference: practice('security', 'sec_detect_investigate_events_security_alerts'),
  check: (inputs) =>
    fromSecurity(
      inputs,
      ({ severity }) => severity === 'critical' || severity === 'high',
      'No finding of high or critical severity is open',
    ),
};
