import { operation } from '../../../service.ts';
import { findGroup, groupArn, type LogsContext, onGroup, page } from '../context.ts';
import { invalid } from '../errors.ts';

export const describeLogStreams = (context: LogsContext) =>
  operation('logs', 'DescribeLogStreams', {
    accepts: 'all',
    access: onGroup(context, 'DescribeLogStreams'),
    handle(input) {
      const { logStreamNamePrefix: prefix, orderBy, descending, nextToken, limit } = input;
      const group = findGroup(context, input);
      if (prefix !== undefined && orderBy === 'LastEventTime')
        throw invalid('Cannot order by LastEventTime with a logStreamNamePrefix.');
      const sign = descending ? -1 : 1;
      const found = [...group.streams.values()]
        .filter((stream) => stream.name.startsWith(prefix ?? ''))
        .sort(
          (a, b) =>
            sign *
            ((orderBy === 'LastEventTime' ? (a.lastEventAt ?? 0) - (b.lastEventAt ?? 0) : 0) ||
              (a.name < b.name ? -1 : 1)),
        );
      const { items, next } = page(found, nextToken, limit);
      return {
        logStreams: items.map((stream) => ({
          logStreamName: stream.name,
          creationTime: stream.createdAt,
          arn: `${groupArn(context, group.record.name)}:log-stream:${stream.name}`,
          // AWS stopped counting per stream in 2019.
          storedBytes: 0,
          ...(stream.firstEventAt === undefined ? {} : { firstEventTimestamp: stream.firstEventAt }),
          ...(stream.lastEventAt === undefined ? {} : { lastEventTimestamp: stream.lastEventAt }),
          ...(stream.lastIngestedAt === undefined ? {} : { lastIngestionTime: stream.lastIngestedAt }),
        })),
        nextToken: next,
      };
    },
  });
