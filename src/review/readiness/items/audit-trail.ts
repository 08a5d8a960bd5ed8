/** Is every change in the account recorded? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const auditTrail: Item = {
  id: 'audit-trail',
  area: 'security',
  question: 'Is every change in the account recorded?',
  next: 'A CloudTrail trail over all regions, of the account or the organisation.',
  reference: practice('security', 'sec_detect_investigate_events_app_service_logging'),
  check: ({ app }) => {
    const trails = app.ofType('AWS::CloudTrail::Trail');
    const [first] = trails;
    return first === undefined
      ? answer('person', 'nobody', 'The template has no trail; the account or organisation may have one.')
      : answer(
          'yes',
          'template',
          `${first.name} records the account’s calls.`,
          [{ at: first.id, shows: first.type }],
          trails,
        );
  },
};
