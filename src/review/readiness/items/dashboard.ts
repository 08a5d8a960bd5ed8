/** Is there a dashboard that shows whether the app works? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const dashboard: Item = {
  id: 'dashboard',
  area: 'monitoring',
  question: 'Is there a dashboard that shows whether the app works?',
  next: 'AWS::CloudWatch::Dashboard with traffic, errors, latency and backlog, and its link in the runbook.',
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
