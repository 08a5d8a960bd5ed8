import { defineType } from './facts.ts';

export const eventsRule = defineType({
  type: 'AWS::Events::Rule',
  called: 'event rule',
  name: 'Name',
  drawn: { category: 'messaging' },
  runsAs: ['RoleArn', 'Targets.*.RoleArn'],
  triggers: [
    { kind: 'event', when: 'EventPattern', from: 'EventBusName', to: ['Targets.*.Arn'] },
    { kind: 'schedule', when: 'ScheduleExpression', to: ['Targets.*.Arn'] },
  ],
  deadLetters: [{ to: 'Targets.*.DeadLetterConfig.Arn' }],
});
