import { defineType } from './facts.ts';

export const cloudwatchAlarm = defineType({
  type: 'AWS::CloudWatch::Alarm',
  called: 'alarm',
  name: 'AlarmName',
  arn: 'cloudwatch:R:A:alarm:N',
  triggers: [{ kind: 'event', to: ['AlarmActions', 'OKActions', 'InsufficientDataActions'] }],
});
