import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { shownUrl } from '../function-urls/configs.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export const listFunctionUrlConfigs = (context: LambdaContext) =>
  operation('lambda', 'ListFunctionUrlConfigs', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'ListFunctionUrlConfigs', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: undefined });
      const { items, next } = page([...records.urls.values({ prefix: name })], input.Marker, input.MaxItems);
      return { FunctionUrlConfigs: items.map((url) => shownUrl(context, url)), NextMarker: next };
    },
  });
