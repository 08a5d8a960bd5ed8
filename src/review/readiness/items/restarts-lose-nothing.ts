/** Is acknowledged work still there after a crash and restart? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const restartsLoseNothing: Item = {
  id: 'restarts-lose-nothing',
  area: 'backup',
  question: 'Is acknowledged work still there after a crash and restart?',
  next: 'Kill the app while it works, start it again and count the work; write restarts under rehearsals in slipway-measured.json.',
  reference: practice('reliability', 'rel_testing_resiliency_test_functional'),
  check: ({ localRun }) => {
    const restarts = localRun?.restarts ?? [];
    if (restarts.length === 0) return answer('person', 'nobody', 'No local run killed and restarted it.');
    const lost = restarts.filter(({ kept }) => !kept);
    return answer(
      lost.length === 0 ? 'yes' : 'no',
      'local-run',
      `${restarts.length - lost.length} of ${restarts.length} restarts kept everything on ${localRun?.measuredAt}.`,
      restarts.map(({ what, kept }) => ({ at: what, shows: kept ? 'kept' : 'lost' })),
    );
  },
};
