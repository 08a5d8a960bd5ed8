import { defineType } from './facts.ts';

export const sagemakerEndpointConfig = defineType({
  type: 'AWS::SageMaker::EndpointConfig',
  called: 'endpoint configuration',
  name: 'EndpointConfigName',
  ref: 'arn',
  drawn: 'with its user',
  runsAs: ['ProductionVariants.*.ModelName'],
});
