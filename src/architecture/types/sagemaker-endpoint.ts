import { defineType } from './facts.ts';

export const sagemakerEndpoint = defineType({
  type: 'AWS::SageMaker::Endpoint',
  called: 'model endpoint',
  name: 'EndpointName',
  ref: 'arn',
  drawn: { category: 'ai' },
  runsAs: ['EndpointConfigName'],
  invokedBy: ['sagemaker:InvokeEndpoint'],
});
