import { defineType } from './facts.ts';

export const batchJobDefinition = defineType({
  type: 'AWS::Batch::JobDefinition',
  called: 'Batch job',
  compute: true,
  runsAs: ['ContainerProperties.JobRoleArn'],
  configuration: ['ContainerProperties.Environment', 'ContainerProperties.Secrets'],
});
