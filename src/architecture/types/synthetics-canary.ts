import { defineType } from './facts.ts';

export const syntheticsCanary = defineType({
  type: 'AWS::Synthetics::Canary',
  called: 'canary',
  runsAs: ['ExecutionRoleArn'],
  configuration: ['RunConfig.EnvironmentVariables'],
  traced: { property: 'RunConfig.ActiveTracing', is: 'true' },
});
