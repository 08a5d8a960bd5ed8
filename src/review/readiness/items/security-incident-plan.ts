/** Does everybody know what to do when a key leaks or data gets out? */
import { personItem, practice } from '../kit.ts';

export const securityIncidentPlan = personItem({
  id: 'security-incident-plan',
  area: 'security',
  question: 'Does everybody know what to do when a key leaks or data gets out?',
  next: 'Link the plan, with whom to call and how to revoke.',
  blocks: false,
  reference: practice('security', 'sec_incident_response_develop_management_plans'),
});
