import { operation } from '../../../service.ts';
import { describeMetricAlarm } from '../alarm-record.ts';
import { type CloudWatchContext, onNothing } from '../context.ts';
import { sortDimensions } from '../metric-store.ts';
import { readDimensions } from '../query.ts';

/** Alarms on metric math are not answered, as on AWS. */
export const describeAlarmsForMetric = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DescribeAlarmsForMetric', {
    accepts: 'all',
    access: onNothing('DescribeAlarmsForMetric'),
    handle(input) {
      const dimensions = JSON.stringify(sortDimensions(readDimensions(input.Dimensions)));
      return {
        MetricAlarms: context.alarms.all().flatMap((alarm) => {
          if (alarm.kind !== 'metric' || !alarm.single) return [];
          const { single } = alarm;
          const same =
            single.name === input.MetricName &&
            single.namespace === input.Namespace &&
            JSON.stringify(sortDimensions(single.dimensions)) === dimensions &&
            (input.Statistic === undefined || single.statistic === input.Statistic) &&
            (input.ExtendedStatistic === undefined || single.extendedStatistic === input.ExtendedStatistic) &&
            (input.Period === undefined || single.period === input.Period) &&
            (input.Unit === undefined || single.unit === input.Unit);
          return same ? [describeMetricAlarm(alarm)] : [];
        }),
      };
    },
  });
