import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { invalidParameter } from '../errors.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html */
export const putFunctionConcurrency = (context: LambdaContext) =>
  operation('lambda', 'PutFunctionConcurrency', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'PutFunctionConcurrency', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: '$LATEST' });
      const wanted = input.ReservedConcurrentExecutions ?? 0;
      env.store.transaction(() => {
        let others = 0;
        for (const [[owner], settings] of records.settings.entries())
          if (owner !== name) others += settings.reservedConcurrency ?? 0;
        // Of an account's 1000, 100 stay for functions without a reservation.
        if (wanted + others > 900)
          throw invalidParameter(
            "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
          );
        const settings = records.settings.get(name) ?? { lastVersion: 0, tags: {} };
        records.settings.put(name, { ...settings, reservedConcurrency: wanted });
      });
      return { ReservedConcurrentExecutions: wanted };
    },
  });
