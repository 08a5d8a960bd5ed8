import { operation } from '../../../service.ts';
import { groupArn, groupName, type LogsContext, page } from '../context.ts';

export const describeLogGroups = (context: LogsContext) =>
  operation('logs', 'DescribeLogGroups', {
    accepts: [
      'logGroupNamePrefix',
      'logGroupNamePattern',
      'nextToken',
      'limit',
      'logGroupClass',
      'logGroupIdentifiers',
    ],
    access: () => ({
      action: 'logs:DescribeLogGroups',
      resource: `${groupArn(context, '')}:log-stream:`,
    }),
    handle({
      logGroupNamePrefix,
      logGroupNamePattern,
      nextToken,
      limit,
      logGroupClass,
      logGroupIdentifiers,
    }) {
      const wanted = logGroupIdentifiers?.map((logGroupIdentifier) => groupName({ logGroupIdentifier }));
      const found = [...context.logs.groups.values()]
        .filter(
          ({ record }) =>
            record.name.startsWith(logGroupNamePrefix ?? '') &&
            record.name.toLowerCase().includes((logGroupNamePattern ?? '').toLowerCase()) &&
            (logGroupClass === undefined || record.logGroupClass === logGroupClass) &&
            (wanted === undefined || wanted.includes(record.name)),
        )
        .sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
      const { items, next } = page(found, nextToken, limit, ({ record }) => record.name);
      return {
        logGroups: items.map(({ record, streams, filters }) => ({
          logGroupName: record.name,
          creationTime: record.createdAt,
          metricFilterCount: filters.size,
          arn: `${groupArn(context, record.name)}:*`,
          logGroupArn: groupArn(context, record.name),
          storedBytes: [...streams.values()].reduce((sum, { bytes }) => sum + bytes, 0),
          logGroupClass: record.logGroupClass,
          deletionProtectionEnabled: record.deletionProtection ?? false,
          ...(record.retentionInDays ? { retentionInDays: record.retentionInDays } : {}),
          ...(record.kmsKeyId ? { kmsKeyId: record.kmsKeyId } : {}),
        })),
        nextToken: next,
      };
    },
  });
