import { defineType } from './facts.ts';

export const iotTopicRule = defineType({
  type: 'AWS::IoT::TopicRule',
  called: 'IoT rule',
  drawn: { category: 'messaging' },
  entry: {},
  triggers: [{ kind: 'event', to: ['TopicRulePayload.Actions'] }],
});
