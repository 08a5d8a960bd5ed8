/** Have faults been injected, and did the app recover? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const faultsInjected: Item = {
  id: 'faults-injected',
  area: 'backup',
  question: 'Have faults been injected, and did the app recover?',
  next: 'Kill a task, break a dependency and fill a queue in a test, and write faults under rehearsals in slipway-measured.json.',
  reference: practice('reliability', 'rel_testing_resiliency_failure_injection_resiliency'),
  check: ({ localRun }) => {
    const faults = localRun?.faults ?? [];
    if (faults.length === 0) return answer('person', 'nobody', 'No local run injected a fault.');
    const stuck = faults.filter(({ recovered }) => !recovered);
    return answer(
      stuck.length === 0 ? 'yes' : stuck.length === faults.length ? 'no' : 'partly',
      'local-run',
      `It came back from ${faults.length - stuck.length} of ${faults.length} injected faults on ${localRun?.measuredAt}.`,
      faults.map(({ what, recovered, seconds }) => ({
        at: what,
        shows: `${recovered ? 'came back' : 'did not come back'}${seconds === undefined ? '' : ` in ${seconds} s`}`,
      })),
    );
  },
};
