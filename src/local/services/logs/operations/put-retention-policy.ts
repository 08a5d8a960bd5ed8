import type { PutRetentionPolicyCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { operation } from '../../../service.ts';
import { checkRetention, findGroup, type LogsContext, onGroup } from '../context.ts';

export const putRetentionPolicy = (context: LogsContext) =>
  operation<PutRetentionPolicyCommandInput, Record<string, never>>({
    name: 'PutRetentionPolicy',
    accepts: 'all',
    access: onGroup(context, 'PutRetentionPolicy'),
    handle(input) {
      const retentionInDays = checkRetention(input.retentionInDays);
      context.logs.putGroup({ ...findGroup(context, input).record, retentionInDays });
      return {};
    },
  });
