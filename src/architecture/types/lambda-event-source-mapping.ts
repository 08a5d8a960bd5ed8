import { defineType } from './facts.ts';

export const lambdaEventSourceMapping = defineType({
  type: 'AWS::Lambda::EventSourceMapping',
  called: 'event source mapping',
  triggers: [{ kind: 'poll', from: 'EventSourceArn', to: ['FunctionName'] }],
  deadLetters: [{ to: 'DestinationConfig.OnFailure.Destination' }],
});
