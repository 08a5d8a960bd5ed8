/** Is there one page that shows whether it works? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const dashboard: Item = {
  id: 'dashboard',
  area: 'monitoring',
  question: 'Is there one page that shows whether it works?',
  next: 'AWS::CloudWatch::Dashboard with traffic, errors, latency and backlog, and its link in the runbook.',
  blocks: false,
  reference: practice('operational-excellence', 'ops_workload_observability_create_dashboards'),
  check: ({ app }) => {
    const boards = app.ofType('AWS::CloudWatch::Dashboard');
    return boards.length > 0
      ? answer(
          'yes',
          'template',
          `${boards.map(({ id }) => id).join(', ')} shows it.`,
          boards.map(({ id }) => ({ at: id, shows: 'dashboard' })),
          boards,
        )
      : answer('no', 'template', 'The template has no dashboard.');
  },
};
