import { operation } from '../../../service.ts';
import { functionAccess, policyQualifier } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { notFound, preconditionFailed } from '../errors.ts';
import { functionArn, readFunctionName } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemovePermission.html */
export const removePermission = (context: LambdaContext) =>
  operation('lambda', 'RemovePermission', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'RemovePermission', input.FunctionName, input.Qualifier),
    handle(input) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      if (!records.functions.has([name.name, '$LATEST']))
        throw notFound(`No policy found for: ${functionArn(env, name.name, name.qualifier)}`);
      const key = [name.name, policyQualifier(name.qualifier)];
      env.store.transaction(() => {
        const before = records.policies.get(key);
        const { [input.StatementId ?? '']: found, ...statements } = before?.statements ?? {};
        if (!before) throw notFound('No policy is associated with the given resource.');
        if (!found) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
        if (input.RevisionId && input.RevisionId !== before.revisionId) throw preconditionFailed();
        if (Object.keys(statements).length === 0) records.policies.delete(key);
        else records.policies.put(key, { statements, revisionId: env.uuid() });
      });
      return {};
    },
  });
