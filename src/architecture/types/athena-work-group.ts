import { defineType } from './facts.ts';

export const athenaWorkGroup = defineType({
  type: 'AWS::Athena::WorkGroup',
  called: 'Athena workgroup',
  name: 'Name',
  arn: 'athena:R:A:workgroup/N',
  drawn: { category: 'data' },
});
