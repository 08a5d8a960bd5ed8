import { defineType } from './facts.ts';

export const codebuildProject = defineType({
  type: 'AWS::CodeBuild::Project',
  called: 'CodeBuild',
  name: 'Name',
  drawn: { category: 'operations' },
  runsAs: ['ServiceRole'],
  configuration: ['Environment.EnvironmentVariables'],
  network: { subnets: ['VpcConfig.Subnets'], groups: ['VpcConfig.SecurityGroupIds'] },
});
