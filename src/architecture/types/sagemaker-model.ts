import { defineType } from './facts.ts';

export const sagemakerModel = defineType({
  type: 'AWS::SageMaker::Model',
  called: 'model',
  name: 'ModelName',
  arn: 'sagemaker:R:A:model/N',
  ref: 'arn',
  drawn: 'with its user',
  runsAs: ['ExecutionRoleArn'],
  configuration: ['PrimaryContainer.Environment'],
});
