import { defineType } from './facts.ts';

export const logsSubscriptionFilter = defineType({
  type: 'AWS::Logs::SubscriptionFilter',
  called: 'log subscription',
  triggers: [{ kind: 'event', from: 'LogGroupName', to: ['DestinationArn'] }],
});
