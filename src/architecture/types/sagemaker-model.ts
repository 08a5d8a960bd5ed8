import { defineType } from './facts.ts';

export const sagemakerModel = defineType({
  type: 'AWS::SageMaker::Model',
  called: 'model',
  name: 'ModelName',
  ref: 'arn',
  drawn: 'with its user',
  runsAs: ['ExecutionRoleArn'],
  configuration: ['PrimaryContainer.Environment'],
});
