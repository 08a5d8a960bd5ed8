import { defineType } from './facts.ts';

export const cdkMetadata = defineType({
  type: 'AWS::CDK::Metadata',
  called: 'CDK metadata',
  deployment: true,
});
