import { defineType } from './facts.ts';

export const snsSubscription = defineType({
  type: 'AWS::SNS::Subscription',
  called: 'topic subscription',
  drawn: 'with its owner',
  owner: ['TopicArn'],
  triggers: [{ kind: 'event', from: 'TopicArn', to: ['Endpoint'] }],
  deadLetters: [{ to: 'RedrivePolicy.deadLetterTargetArn' }],
});
