import { defineType } from './facts.ts';

export const glueJob = defineType({
  type: 'AWS::Glue::Job',
  called: 'Glue job',
  drawn: { category: 'compute' },
  compute: true,
  runsAs: ['Role'],
  configuration: ['DefaultArguments'],
});
