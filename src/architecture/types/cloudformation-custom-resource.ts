import { defineType } from './facts.ts';

export const cloudformationCustomResource = defineType({
  type: 'AWS::CloudFormation::CustomResource',
  called: 'custom resource',
  deployment: true,
  triggers: [{ kind: 'deployment', to: ['ServiceToken'] }],
});
