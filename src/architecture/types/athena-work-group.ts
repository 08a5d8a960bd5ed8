import { defineType } from './facts.ts';

export const athenaWorkGroup = defineType({
  type: 'AWS::Athena::WorkGroup',
  called: 'Athena workgroup',
  name: 'Name',
  drawn: { category: 'data' },
});
