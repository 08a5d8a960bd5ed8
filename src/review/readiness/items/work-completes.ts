/** Does every accepted job finish, or fail with a reason? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { operationalReadiness } from '../well-architected.ts';

export const workCompletes: Item = {
  id: 'work-completes',
  area: 'performance',
  question: 'Does every accepted job finish, or fail with a reason?',
  next: 'Run work end to end, and write jobs under rehearsals in slipway-measured.json.',
  reference: operationalReadiness,
  check: ({ localRun }) => {
    const jobs = localRun?.jobs;
    if (jobs === undefined || jobs.run === 0)
      return answer('person', 'nobody', 'No local run counted work end to end.');
    const lost = jobs.run - jobs.completed - jobs.failed;
    return answer(
      jobs.completed === jobs.run ? 'yes' : lost > 0 ? 'no' : 'partly',
      'local-run',
      `Of ${jobs.run} jobs ${jobs.completed} completed, ${jobs.failed} failed with a reason and ${lost} were not heard of again, on ${localRun?.measuredAt}.`,
      [{ at: localRun?.by ?? 'local run', shows: `${jobs.completed}/${jobs.run}` }],
    );
  },
};
