import { defineType } from './facts.ts';

export const sagemakerEndpoint = defineType({
  type: 'AWS::SageMaker::Endpoint',
  called: 'model endpoint',
  name: 'EndpointName',
  arn: 'sagemaker:R:A:endpoint/N',
  ref: 'arn',
  drawn: { category: 'ai' },
  runsAs: ['EndpointConfigName'],
});
