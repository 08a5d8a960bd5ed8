import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export const deleteFunctionConcurrency = (context: LambdaContext) =>
  operation('lambda', 'DeleteFunctionConcurrency', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'DeleteFunctionConcurrency', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: undefined });
      const { reservedConcurrency: _, ...rest } = records.settings.get(name) ?? { lastVersion: 0, tags: {} };
      records.settings.put(name, rest);
      return {};
    },
  });
