/** Is it deployed by a pipeline that runs the tests first, not from somebody’s machine? */
import { answer, practice } from '../kit.ts';
import type { Item } from '../model.ts';

export const pipeline: Item = {
  id: 'pipeline',
  area: 'operations',
  question: 'Is it deployed by a pipeline that runs the tests first, not from somebody’s machine?',
  next: 'A pipeline with tests, this review’s gates and an approval before production; link it.',
  blocks: false,
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
