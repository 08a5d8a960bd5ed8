import { defineType } from './facts.ts';

export const lambdaEventInvokeConfig = defineType({
  type: 'AWS::Lambda::EventInvokeConfig',
  called: 'function destinations',
  owner: ['FunctionName'],
  triggers: [{ kind: 'event', from: 'FunctionName', to: ['DestinationConfig.OnSuccess.Destination'] }],
  deadLetters: [{ of: 'FunctionName', to: 'DestinationConfig.OnFailure.Destination' }],
});
