import { defineType } from './facts.ts';

export const codepipelinePipeline = defineType({
  type: 'AWS::CodePipeline::Pipeline',
  called: 'pipeline',
  drawn: { category: 'operations' },
  runsAs: ['RoleArn'],
});
