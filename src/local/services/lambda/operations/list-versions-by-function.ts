import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { shownConfiguration } from '../configuration.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export const listVersionsByFunction = (context: LambdaContext) =>
  operation('lambda', 'ListVersionsByFunction', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'ListVersionsByFunction', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: undefined });
      const all = [...records.functions.values({ prefix: name })].toSorted(
        (a, b) => (Number(a.version) || 0) - (Number(b.version) || 0),
      );
      const { items, next } = page(all, input.Marker, input.MaxItems);
      return {
        Versions: items.map((record) =>
          shownConfiguration(record, env, { qualified: true, during: 'listing' }),
        ),
        NextMarker: next,
      };
    },
  });
