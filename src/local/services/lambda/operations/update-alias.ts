import { operation } from '../../../service.ts';
import { functionAccess } from '../access.ts';
import { aliasOf, checkedWeights, shownAlias } from '../aliases.ts';
import type { LambdaContext } from '../context.ts';
import { preconditionFailed } from '../errors.ts';
import { resolveVersion } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const updateAlias = (context: LambdaContext) =>
  operation('lambda', 'UpdateAlias', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'UpdateAlias', input.FunctionName),
    handle(input) {
      const { env, records } = context;
      const before = aliasOf(context, input.FunctionName, input.Name);
      if (input.RevisionId && input.RevisionId !== before.revisionId) throw preconditionFailed();
      const name = before.functionName;
      if (input.FunctionVersion) resolveVersion(records, env, { name, qualifier: input.FunctionVersion });
      const version = input.FunctionVersion ?? before.version;
      const after = {
        ...before,
        version,
        description: input.Description ?? before.description,
        weights: input.RoutingConfig
          ? checkedWeights(context, name, version, input.RoutingConfig)
          : before.weights,
        revisionId: env.uuid(),
      };
      records.aliases.put([name, before.name], after);
      return shownAlias(after, env);
    },
  });
