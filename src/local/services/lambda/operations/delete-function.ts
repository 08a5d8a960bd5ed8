import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter } from '../errors.ts';
import { readFunctionName, resolveVersion } from '../names.ts';

/** Its event source mappings stay, as on AWS. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction = (context: LambdaContext) =>
  operation('lambda', 'DeleteFunction', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'DeleteFunction', input.FunctionName, input.Qualifier),
    handle(input) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      resolveVersion(records, env, name);
      const { qualifier } = name;
      env.store.transaction(() => {
        if (qualifier === undefined) {
          records.functions.clear(name.name);
          records.settings.delete(name.name);
          records.aliases.clear(name.name);
          records.policies.clear(name.name);
          records.invokeConfigs.clear(name.name);
          return;
        }
        if (!/^\d+$/.test(qualifier))
          throw invalidParameter(
            `$LATEST version and aliases cannot be deleted with DeleteFunction, got ${qualifier}`,
          );
        for (const alias of records.aliases.values({ prefix: name.name }))
          if (alias.version === qualifier || alias.weights[qualifier] !== undefined)
            throw conflict(`Version ${qualifier} is in use by the alias ${alias.name}`);
        records.functions.delete([name.name, qualifier]);
        records.policies.delete([name.name, qualifier]);
        records.invokeConfigs.delete([name.name, qualifier]);
      });
      context.runner.recycle(name.name);
      return { StatusCode: 204 };
    },
  });
