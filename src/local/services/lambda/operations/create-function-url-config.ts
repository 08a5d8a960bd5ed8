import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { conflict } from '../errors.ts';
import { corsProblems, newUrl, shownUrl, urlKey } from '../function-urls/configs.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export const createFunctionUrlConfig = (context: LambdaContext) =>
  operation('lambda', 'CreateFunctionUrlConfig', {
    accepts: 'all',
    access: (input) => ({
      ...functionAccess(context, 'CreateFunctionUrlConfig', input.FunctionName, input.Qualifier),
      context: { 'lambda:FunctionUrlAuthType': input.AuthType ?? '' },
    }),
    problems: ({ Cors }) => corsProblems(Cors),
    handle(input) {
      const { urls } = context.records;
      const key = urlKey(context, input);
      if (urls.has(key))
        throw conflict('Failed to create function url config for the function: it has one already.');
      const url = newUrl(context, key, input);
      urls.put(key, url);
      return shownUrl(context, url);
    },
  });
