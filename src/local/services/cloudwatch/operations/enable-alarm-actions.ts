import { operation } from '../../../service.ts';
import { type CloudWatchContext, onAlarms } from '../context.ts';

export const enableAlarmActions = (context: CloudWatchContext) =>
  operation('cloudwatch', 'EnableAlarmActions', {
    accepts: 'all',
    access: onAlarms(context, 'EnableAlarmActions'),
    handle({ AlarmNames = [] }) {
      for (const name of AlarmNames) {
        const alarm = context.alarms.get(name);
        if (alarm) context.alarms.enableActions(alarm, true);
      }
      return {};
    },
  });
