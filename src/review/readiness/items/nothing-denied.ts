/** Did a local run need no permission that it does not have? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const nothingDenied: Item = {
  id: 'nothing-denied',
  area: 'operations',
  question: 'Did a local run need no permission that it does not have?',
  next: 'Run every path once on the local cloud, add what was denied, and write denials under rehearsals in slipway-measured.json.',
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
