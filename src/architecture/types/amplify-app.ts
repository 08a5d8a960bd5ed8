import { defineType } from './facts.ts';

export const amplifyApp = defineType({
  type: 'AWS::Amplify::App',
  drawn: { category: 'edge' },
  called: 'Amplify app',
  configuration: ['EnvironmentVariables'],
});
