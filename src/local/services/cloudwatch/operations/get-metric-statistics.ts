import type { StandardUnit } from '@aws-sdk/client-cloudwatch';
import { operation } from '../../../service.ts';
import { type CloudWatchContext, onNothing } from '../context.ts';
import { combination } from '../errors.ts';
import { checkDatapoints, readDimensions, readPeriod } from '../query.ts';
import { checkStatistic, statistic } from '../statistics.ts';

export const getMetricStatistics = ({ metrics }: CloudWatchContext) =>
  operation('cloudwatch', 'GetMetricStatistics', {
    accepts: 'all',
    access: onNothing('GetMetricStatistics'),
    handle(input) {
      const { Namespace = '', MetricName = '', StartTime, EndTime, Unit } = input;
      const names = [...(input.Statistics ?? []), ...(input.ExtendedStatistics ?? [])].map(checkStatistic);
      const period = readPeriod(input.Period, 'GetMetricStatistics');
      if (names.length === 0)
        throw combination('At least one of Statistics and ExtendedStatistics is needed.');
      if (!StartTime || !EndTime || StartTime >= EndTime)
        throw combination('The parameter StartTime must be less than the parameter EndTime.');
      const start = Math.floor(StartTime.getTime() / period) * period;
      const span = { start, end: EndTime.getTime(), unit: Unit };
      checkDatapoints(span, period, 1440, combination);
      const metric = metrics.find(Namespace, MetricName, readDimensions(input.Dimensions));
      const unit = Unit ?? (metrics.unitOf(metric, span) as StandardUnit | undefined);
      return {
        Label: MetricName,
        Datapoints: [...metrics.series(metric, span, period)].map(([at, aggregate]) => {
          const plain: Record<string, number> = {};
          const extended: Record<string, number> = {};
          for (const name of names) {
            const value = statistic(aggregate, name);
            if (value !== undefined) (name.startsWith('p') ? extended : plain)[name] = value;
          }
          return {
            Timestamp: new Date(at),
            ...(unit ? { Unit: unit } : {}),
            ...plain,
            ...(Object.keys(extended).length > 0 ? { ExtendedStatistics: extended } : {}),
          };
        }),
      };
    },
  });
