import { operation } from '../../../service.ts';
import { actionsFor } from '../actions.ts';
import { describeCompositeAlarm, describeMetricAlarm } from '../alarm-record.ts';
import { access, type CloudWatchContext, page } from '../context.ts';

/** Without AlarmTypes only metric alarms are answered, as on AWS. */
export const describeAlarms = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DescribeAlarms', {
    accepts: [
      'AlarmNames',
      'AlarmNamePrefix',
      'AlarmTypes',
      'StateValue',
      'ActionPrefix',
      'MaxRecords',
      'NextToken',
    ],
    access: (_, call) => access('DescribeAlarms', context.alarms.arn('*'), call),
    handle(input) {
      const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm'];
      const found = context.alarms
        .all()
        .filter(
          (alarm) =>
            types.includes(alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm') &&
            (!input.AlarmNames?.length || input.AlarmNames.includes(alarm.name)) &&
            alarm.name.startsWith(input.AlarmNamePrefix ?? '') &&
            (input.StateValue === undefined || alarm.state === input.StateValue) &&
            (input.ActionPrefix === undefined ||
              (['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const).some((state) =>
                actionsFor(alarm, state).some((arn) => arn.startsWith(input.ActionPrefix ?? '')),
              )),
        );
      const { items, next } = page(found, input.NextToken, input.MaxRecords ?? 50);
      return {
        MetricAlarms: items.flatMap((alarm) => (alarm.kind === 'metric' ? [describeMetricAlarm(alarm)] : [])),
        CompositeAlarms: items.flatMap((alarm) =>
          alarm.kind === 'composite' ? [describeCompositeAlarm(alarm)] : [],
        ),
        NextToken: next,
      };
    },
  });
