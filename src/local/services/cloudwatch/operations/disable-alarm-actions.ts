import { operation } from '../../../service.ts';
import { type CloudWatchContext, onAlarms } from '../context.ts';

export const disableAlarmActions = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DisableAlarmActions', {
    accepts: 'all',
    access: onAlarms(context, 'DisableAlarmActions'),
    handle({ AlarmNames = [] }) {
      for (const name of AlarmNames) {
        const alarm = context.alarms.get(name);
        if (alarm) context.alarms.enableActions(alarm, false);
      }
      return {};
    },
  });
