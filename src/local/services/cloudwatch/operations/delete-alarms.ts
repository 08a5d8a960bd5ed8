import { operation } from '../../../service.ts';
import { parseAlarmRule } from '../alarm-rule.ts';
import { type CloudWatchContext, onAlarms, tagsOf } from '../context.ts';
import { notFound, validation } from '../errors.ts';

/** Deletes all or none. */
export const deleteAlarms = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DeleteAlarms', {
    accepts: 'all',
    access: onAlarms(context, 'DeleteAlarms'),
    handle({ AlarmNames = [] }) {
      const { alarms, env } = context;
      const found = AlarmNames.map((name) => {
        const alarm = alarms.get(name);
        if (!alarm) throw notFound(`Alarm ${name} does not exist.`);
        return alarm;
      });
      for (const parent of alarms.all())
        if (parent.kind === 'composite' && !AlarmNames.includes(parent.name)) {
          const used = parseAlarmRule(parent.rule).children.find((name) => AlarmNames.includes(name));
          if (used)
            throw validation(`Cannot delete ${used} as there are composite alarm(s) depending on it.`);
        }
      for (const alarm of found) {
        alarms.delete(alarm);
        tagsOf(env).delete(alarm.arn);
      }
      return {};
    },
  });
