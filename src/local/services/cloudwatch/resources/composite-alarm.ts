import type { PutCompositeAlarmInput } from '@aws-sdk/client-cloudwatch';
import { alarmType } from './alarm-type.ts';

const honoured = [
  'ActionsEnabled',
  'AlarmActions',
  'AlarmDescription',
  'AlarmName',
  'AlarmRule',
  'InsufficientDataActions',
  'OKActions',
  'Tags',
] as const;

type Properties = Pick<PutCompositeAlarmInput, Exclude<(typeof honoured)[number], 'AlarmName'>> & {
  readonly AlarmName?: string;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudwatch-compositealarm.html */
export const compositeAlarm = alarmType<Properties>({
  type: 'AWS::CloudWatch::CompositeAlarm',
  honoured,
  async arnOf(invoke, name) {
    const { CompositeAlarms } = await invoke('cloudwatch', 'DescribeAlarms', {
      AlarmNames: [name],
      AlarmTypes: ['CompositeAlarm'],
    });
    return CompositeAlarms?.[0]?.AlarmArn;
  },
  put: (invoke, AlarmName, p, Tags) => invoke('cloudwatch', 'PutCompositeAlarm', { ...p, AlarmName, Tags }),
});
