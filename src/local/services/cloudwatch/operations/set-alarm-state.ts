import { AwsError, operation, thrownBy } from '../../../service.ts';
import { type CloudWatchContext, onAlarm } from '../context.ts';
import { invalid, notFound } from '../errors.ts';

/** Until the next evaluation, as on AWS. */
export const setAlarmState = (context: CloudWatchContext) =>
  operation('cloudwatch', 'SetAlarmState', {
    accepts: 'all',
    access: onAlarm(context, 'SetAlarmState'),
    problems: ({ StateReasonData }) => thrownBy(() => checkData(StateReasonData)),
    async handle({ AlarmName = '', StateValue, StateReason = '', StateReasonData }) {
      const alarm = context.alarms.get(AlarmName);
      if (!alarm) throw notFound(`Alarm ${AlarmName} does not exist.`);
      if (StateValue !== 'OK' && StateValue !== 'ALARM' && StateValue !== 'INSUFFICIENT_DATA')
        throw invalid(`The value ${StateValue} for parameter StateValue is invalid.`);
      await context.alarms.change(alarm, {
        state: StateValue,
        reason: StateReason,
        ...(StateReasonData ? { reasonData: StateReasonData } : {}),
      });
      return {};
    },
  });

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html */
function checkData(text: string | undefined): void {
  if (!text) return;
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidFormatFault', 'StateReasonData was not valid JSON');
  }
}
