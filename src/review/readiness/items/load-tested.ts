/** Has it been run under the load it is built for? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const loadTested: Item = {
  id: 'load-tested',
  area: 'performance',
  question: 'Has it been run under the load it is built for?',
  next: 'Run the expected peak for at least ten minutes, and write load into the local run’s JSON.',
  blocks: false,
  reference: practice('performance-efficiency', 'perf_process_culture_load_test'),
  check: ({ localRun }) => {
    const load = localRun?.load;
    if (load === undefined) return answer('person', 'nobody', 'No local run measured a load.');
    return answer(
      load.errors === 0 ? 'yes' : 'no',
      'local-run',
      `${load.requestsPerSecond} requests a second for ${load.seconds} s gave ${load.errors} errors on ${localRun?.measuredAt}.`,
      [{ at: localRun?.by ?? 'local run', shows: `${load.requestsPerSecond}/s, ${load.errors} errors` }],
    );
  },
};
