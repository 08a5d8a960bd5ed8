import { defineType } from './facts.ts';

export const cloudwatchAlarm = defineType({
  type: 'AWS::CloudWatch::Alarm',
  called: 'alarm',
  name: 'AlarmName',
  triggers: [{ kind: 'event', to: ['AlarmActions', 'OKActions', 'InsufficientDataActions'] }],
});
