/** Does work that goes in come out? */
import { answer, orr } from '../kit.ts';
import type { Item } from '../model.ts';

export const workCompletes: Item = {
  id: 'work-completes',
  area: 'performance',
  question: 'Does work that goes in come out?',
  next: 'Run work end to end, and write jobs into the local run’s JSON.',
  blocks: false,
  reference: orr,
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
