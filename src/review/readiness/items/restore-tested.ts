/** Has a backup been restored, and the time taken? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const restoreTested: Item = {
  id: 'restore-tested',
  area: 'backup',
  question: 'Has a backup been restored, and the time taken?',
  next: 'Restore into a copy, compare, write restores under rehearsals in slipway-measured.json or the date and time here, and state recovery.restore in slipway-review.yaml.',
  blocks: true,
  reference: practice('reliability', 'rel_backing_up_data_periodic_recovery_testing_data'),
  check: ({ localRun }) => {
    const restores = localRun?.restores ?? [];
    if (restores.length === 0) return answer('person', 'nobody', 'No local run restored a backup.');
    const partial = restores.filter(({ complete }) => !complete);
    return answer(
      partial.length === 0 ? 'yes' : 'no',
      'local-run',
      `${restores.length - partial.length} of ${restores.length} restores were complete on ${localRun?.measuredAt}.`,
      restores.map(({ what, seconds, complete }) => ({
        at: what,
        shows: `${seconds} s, ${complete ? 'complete' : 'incomplete'}`,
      })),
    );
  },
};
