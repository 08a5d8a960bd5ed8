/** Has the app been tested under the load it is built for? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const loadTested: Item = {
  id: 'load-tested',
  area: 'performance',
  question: 'Has the app been tested under the load it is built for?',
  next: 'Run the expected peak for at least ten minutes, and write load under rehearsals in slipway-measured.json.',
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
