/** Does a pipeline deploy the app, and only after its tests have passed? */
import { answer } from '../checks.ts';
import type { Item } from '../model.ts';
import { practice } from '../well-architected.ts';

export const pipeline: Item = {
  id: 'pipeline',
  area: 'operations',
  question: 'Does a pipeline deploy the app, and only after its tests have passed?',
  next: 'A pipeline with tests, this review’s gates and an approval before production; link it.',
  reference: practice('operational-excellence', 'ops_dev_integ_build_mgmt_sys'),
  check: ({ app }) => {
    const pipelines = app.ofType('AWS::CodePipeline::Pipeline');
    return pipelines.length > 0
      ? answer(
          'yes',
          'template',
          `${pipelines.map(({ id }) => id).join(', ')} deploys.`,
          pipelines.map(({ id }) => ({ at: id, shows: 'pipeline' })),
          pipelines,
        )
      : answer('person', 'nobody', 'The template has no pipeline; one may run elsewhere.');
  },
};
