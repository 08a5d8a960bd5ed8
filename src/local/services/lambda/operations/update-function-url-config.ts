import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { corsOf, corsProblems, findUrl, shownUrl, urlKey } from '../function-urls/configs.ts';
import type { UrlRecord } from '../records.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export const updateFunctionUrlConfig = (context: LambdaContext) =>
  operation('lambda', 'UpdateFunctionUrlConfig', {
    accepts: 'all',
    access: (input) => ({
      ...functionAccess(context, 'UpdateFunctionUrlConfig', input.FunctionName, input.Qualifier),
      ...(input.AuthType ? { context: { 'lambda:FunctionUrlAuthType': input.AuthType } } : {}),
    }),
    problems: ({ Cors }) => corsProblems(Cors),
    handle(input) {
      const before = findUrl(context, input);
      const url: UrlRecord = {
        ...before,
        authType: input.AuthType ?? before.authType,
        invokeMode: input.InvokeMode ?? before.invokeMode,
        cors: input.Cors ? corsOf(input.Cors) : before.cors,
        modifiedAt: context.env.clock.now(),
      };
      context.records.urls.put(urlKey(context, input), url);
      return shownUrl(context, url);
    },
  });
