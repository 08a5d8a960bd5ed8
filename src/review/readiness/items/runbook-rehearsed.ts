/** Has somebody who did not write the runbook followed it? */
import { personItem, practice } from '../kit.ts';

export const runbookRehearsed = personItem({
  id: 'runbook-rehearsed',
  area: 'operations',
  question: 'Has somebody who did not write the runbook followed it?',
  next: 'Who, when, and what was changed afterwards.',
  blocks: false,
  reference: practice('reliability', 'rel_testing_resiliency_game_days_resiliency'),
});
