/** Did a run need no permission that it was not given? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const nothingDenied: Item = {
  id: 'nothing-denied',
  area: 'operations',
  question: 'Did a run need no permission that it was not given?',
  next: 'Run every path once on the local cloud, add what was denied, and write denials into the local run’s JSON.',
  blocks: false,
  reference: practice('security', 'sec_permissions_least_privileges'),
  check: ({ localRun }) =>
    localRun?.denials === undefined
      ? answer('person', 'nobody', 'No local run counted denied calls.')
      : answer(
          localRun.denials === 0 ? 'yes' : 'no',
          'local-run',
          `${localRun.denials} call(s) that the app needed were denied on ${localRun.measuredAt}.`,
        ),
};
