import { operation } from '../../../service.ts';
import { type CloudWatchContext, onAlarm } from '../context.ts';
import { invalid, notFound } from '../errors.ts';

/** Until the next evaluation, as on AWS. */
export const setAlarmState = (context: CloudWatchContext) =>
  operation('cloudwatch', 'SetAlarmState', {
    accepts: 'all',
    access: onAlarm(context, 'SetAlarmState'),
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
