import { defineType } from './facts.ts';

export const schedulerSchedule = defineType({
  type: 'AWS::Scheduler::Schedule',
  called: 'schedule',
  name: 'Name',
  arn: 'scheduler:R:A:schedule/default/N',
  drawn: { category: 'messaging' },
  runsAs: ['Target.RoleArn'],
  triggers: [{ kind: 'schedule', to: ['Target.Arn'] }],
  deadLetters: [{ to: 'Target.DeadLetterConfig.Arn' }],
});
