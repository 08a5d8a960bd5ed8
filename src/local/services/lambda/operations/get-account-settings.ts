import { operation } from '../../../service.ts';
import type { LambdaContext } from '../context.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetAccountSettings.html */
export const getAccountSettings = (context: LambdaContext) =>
  operation('lambda', 'GetAccountSettings', {
    accepts: 'all',
    access: () => ({ action: 'lambda:GetAccountSettings', resource: '*' }),
    handle() {
      const { records } = context;
      let reserved = 0;
      for (const settings of records.settings.values()) reserved += settings.reservedConcurrency ?? 0;
      const latest = [...records.functions.values()];
      return {
        AccountLimit: {
          TotalCodeSize: 80_530_636_800,
          CodeSizeUnzipped: 262_144_000,
          CodeSizeZipped: 52_428_800,
          ConcurrentExecutions: 1000,
          UnreservedConcurrentExecutions: 1000 - reserved,
        },
        AccountUsage: {
          TotalCodeSize: latest.reduce((sum, record) => sum + record.codeSize, 0),
          FunctionCount: latest.filter((record) => record.version === '$LATEST').length,
        },
      };
    },
  });
