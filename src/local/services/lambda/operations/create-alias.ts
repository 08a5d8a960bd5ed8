import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { checkedWeights, shownAlias } from '../aliases.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter } from '../errors.ts';
import { functionArn, readFunctionName, resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const createAlias = (context: LambdaContext) =>
  operation('lambda', 'CreateAlias', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'CreateAlias', input.FunctionName),
    *problems({ Name: alias = '' }) {
      if (!/^(?!\d+$)[A-Za-z0-9-_]{1,128}$/.test(alias))
        yield invalidParameter(
          `${alias} is not a name for an alias: letters, digits, - and _, not only digits`,
        );
    },
    handle(input) {
      const { env, records } = context;
      const { name } = readFunctionName(input.FunctionName, env);
      resolveVersion(records, env, { name, qualifier: input.FunctionVersion });
      const alias = input.Name ?? '';
      const record = {
        functionName: name,
        name: alias,
        description: input.Description ?? '',
        version: input.FunctionVersion ?? '',
        weights: checkedWeights(context, name, input.FunctionVersion ?? '', input.RoutingConfig),
        revisionId: env.uuid(),
      };
      env.store.transaction(() => {
        if (records.aliases.has([name, alias]))
          throw conflict(`Alias already exists: ${functionArn(env, name, alias)}`);
        records.aliases.put([name, alias], record);
      });
      return shownAlias(record, env);
    },
  });
