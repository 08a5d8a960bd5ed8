import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName } from '../names.ts';

/** Succeeds when there is none. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteAlias.html */
export const deleteAlias = (context: LambdaContext) =>
  operation('lambda', 'DeleteAlias', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'DeleteAlias', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      const alias = input.Name ?? '';
      records.aliases.delete([name, alias]);
      records.policies.delete([name, alias]);
      records.invokeConfigs.delete([name, alias]);
      return {};
    },
  });
