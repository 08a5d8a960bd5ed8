import { defineType } from './facts.ts';

export const codedeployDeploymentGroup = defineType({
  type: 'AWS::CodeDeploy::DeploymentGroup',
  called: 'deployment group',
});
