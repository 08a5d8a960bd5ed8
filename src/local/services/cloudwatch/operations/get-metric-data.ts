import { operation, unsupported } from '../../../service.ts';
import { type CloudWatchContext, onNothing, page } from '../context.ts';
import { validation } from '../errors.ts';
import { answerQueries, readQueries } from '../query.ts';

export const getMetricData = ({ metrics }: CloudWatchContext) =>
  operation('cloudwatch', 'GetMetricData', {
    accepts: [
      'MetricDataQueries',
      'StartTime',
      'EndTime',
      'NextToken',
      'ScanBy',
      'MaxDatapoints',
      'LabelOptions',
    ],
    access: onNothing('GetMetricData'),
    handle({
      MetricDataQueries,
      StartTime,
      EndTime,
      NextToken,
      ScanBy,
      MaxDatapoints = 100_800,
      LabelOptions,
    }) {
      if (LabelOptions?.Timezone !== undefined && LabelOptions.Timezone !== '+0000')
        throw unsupported('LabelOptions with a time zone other than +0000');
      const queries = readQueries(MetricDataQueries);
      if (!StartTime || !EndTime || StartTime >= EndTime)
        throw validation('The parameter StartTime must be less than the parameter EndTime.');
      // Periods begin at multiples of themselves.
      const shortest = Math.min(...queries.map((query) => query.period));
      const longest = Math.max(...queries.map((query) => query.period));
      const from = StartTime.getTime();
      const start = Math.floor(from / longest) * longest;
      const end = Math.ceil(EndTime.getTime() / shortest) * shortest;
      const answer = answerQueries(metrics, queries, { start, end });
      let left = MaxDatapoints;
      let more: string | undefined;
      const results = queries
        .filter((query) => query.returnData)
        .map((query) => {
          const points = [...answer(query.id).values]
            .filter(([at]) => at + query.period > from && at < EndTime.getTime())
            .sort(([a], [b]) => (ScanBy === 'TimestampAscending' ? a - b : b - a));
          const { items, next } = page(points, NextToken, left);
          left -= items.length;
          more ??= next;
          return {
            Id: query.id,
            Label: query.label ?? query.metric?.name ?? query.id,
            Timestamps: items.map(([at]) => new Date(at)),
            Values: items.map(([, value]) => value),
            StatusCode: next === undefined ? ('Complete' as const) : ('PartialData' as const),
          };
        });
      if (more && results.length > 1)
        throw unsupported('MaxDatapoints that is less than what several queries answer');
      return {
        MetricDataResults: results,
        Messages: [],
        NextToken: more,
      };
    },
  });
