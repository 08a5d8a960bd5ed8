/** Is acknowledged work still there after a crash and restart? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const restartsLoseNothing: Item = {
  id: 'restarts-lose-nothing',
  area: 'backup',
  question: 'Is acknowledged work still there after a crash and restart?',
  next: 'Kill it while it works, start it again, count; write restarts into the local run’s JSON.',
  blocks: false,
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
