import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export const getFunctionConfiguration = (context: LambdaContext) =>
  operation('lambda', 'GetFunctionConfiguration', {
    accepts: 'all',
    access: (input) =>
      functionAccess(context, 'GetFunctionConfiguration', input.FunctionName, input.Qualifier),
    handle(input) {
      const name = readFunctionName(input.FunctionName, context.env, input.Qualifier);
      const { record } = resolveVersion(context.records, context.env, name);
      return shownConfiguration(record, context.env, { qualified: name.qualifier !== undefined });
    },
  });
