import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { conflict, invalidParameter, notFound } from '../errors.ts';
import { functionArn, readFunctionName } from '../names.ts';

/** Its event source mappings stay, as on AWS. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunction.html */
export const deleteFunction = (context: LambdaContext) =>
  operation('lambda', 'DeleteFunction', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'DeleteFunction', input.FunctionName, input.Qualifier),
    handle(input) {
      const { env, records } = context;
      const { name, qualifier } = readFunctionName(input.FunctionName, env, input.Qualifier);
      if (qualifier === '$LATEST')
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      const missing = () => notFound(`Function not found: ${functionArn(env, name)}`);
      if (!records.functions.has([name, '$LATEST'])) throw missing();
      if (qualifier !== undefined && !/^\d+$/.test(qualifier))
        throw invalidParameter('Deletion of aliases is not currently supported.');
      // AWS names the function alone, also for a version that is not there.
      if (!records.functions.has([name, qualifier ?? '$LATEST'])) throw missing();
      env.store.transaction(() => {
        if (qualifier === undefined) {
          records.functions.clear(name);
          records.settings.delete(name);
          records.aliases.clear(name);
          records.policies.clear(name);
          records.urls.clear(name);
          records.invokeConfigs.clear(name);
          return;
        }
        for (const alias of records.aliases.values({ prefix: name }))
          if (alias.version === qualifier || Object.hasOwn(alias.weights, qualifier))
            throw conflict(`Version ${qualifier} is in use by the alias ${alias.name}`);
        records.functions.delete([name, qualifier]);
        records.policies.delete([name, qualifier]);
        records.invokeConfigs.delete([name, qualifier]);
      });
      context.runner.recycle(name);
      return { StatusCode: 204 };
    },
  });
