/** Will users learn of an outage from us, and where? */
import { personItem, practice } from '../kit.ts';

export const userNotice = personItem({
  id: 'user-notice',
  area: 'operations',
  question: 'Will users learn of an outage from us, and where?',
  next: 'Link the status page or the list of addresses.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_event_response_push_notify'),
});
