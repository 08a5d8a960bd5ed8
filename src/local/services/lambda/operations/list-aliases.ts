import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { shownAlias } from '../aliases.ts';
import type { LambdaContext } from '../context.ts';
import { readFunctionName, resolveVersion } from '../names.ts';
import { page } from '../paging.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListAliases.html */
export const listAliases = (context: LambdaContext) =>
  operation('lambda', 'ListAliases', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'ListAliases', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: undefined });
      const all = [...records.aliases.values({ prefix: name })].filter(
        (alias) => !input.FunctionVersion || alias.version === input.FunctionVersion,
      );
      const { items, next } = page(all, input.Marker, input.MaxItems);
      return { Aliases: items.map((alias) => shownAlias(alias, env)), NextMarker: next };
    },
  });
