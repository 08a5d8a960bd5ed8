import { defineType } from './facts.ts';

export const batchJobQueue = defineType({
  type: 'AWS::Batch::JobQueue',
  called: 'Batch queue',
  drawn: { category: 'compute' },
});
