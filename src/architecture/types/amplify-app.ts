import { defineType } from './facts.ts';

export const amplifyApp = defineType({
  type: 'AWS::Amplify::App',
  called: 'Amplify app',
  configuration: ['EnvironmentVariables'],
});
