import { operation } from '../../../service.ts';
import { access, type CloudWatchContext, page } from '../context.ts';

export const describeAlarmHistory = (context: CloudWatchContext) =>
  operation('cloudwatch', 'DescribeAlarmHistory', {
    accepts: [
      'AlarmName',
      'AlarmTypes',
      'HistoryItemType',
      'StartDate',
      'EndDate',
      'MaxRecords',
      'NextToken',
      'ScanBy',
    ],
    access: ({ AlarmName }, call) =>
      access('DescribeAlarmHistory', context.alarms.arn(AlarmName ?? '*'), call),
    handle(input) {
      const types = input.AlarmTypes?.length ? input.AlarmTypes : ['MetricAlarm', 'CompositeAlarm'];
      const found = context.alarms
        .history(input.AlarmName)
        .map((item) => ({
          AlarmName: item.alarm,
          AlarmType: item.kind === 'metric' ? ('MetricAlarm' as const) : ('CompositeAlarm' as const),
          Timestamp: new Date(item.at),
          HistoryItemType: item.type,
          HistorySummary: item.summary,
          HistoryData: item.data,
        }))
        .filter(
          (item) =>
            types.includes(item.AlarmType) &&
            (input.HistoryItemType === undefined || item.HistoryItemType === input.HistoryItemType) &&
            (input.StartDate === undefined || item.Timestamp >= input.StartDate) &&
            (input.EndDate === undefined || item.Timestamp <= input.EndDate),
        );
      if (input.ScanBy !== 'TimestampAscending') found.reverse();
      const { items, next } = page(found, input.NextToken, input.MaxRecords);
      return { AlarmHistoryItems: items, NextToken: next };
    },
  });
