import { operation } from '../../../service.ts';
import { documentOf, functionAccess, policyQualifier } from '../access.ts';
import type { LambdaContext } from '../context.ts';
import { notFound } from '../errors.ts';
import { readFunctionName } from '../names.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetPolicy.html */
export const getPolicy = (context: LambdaContext) =>
  operation('lambda', 'GetPolicy', {
    accepts: 'all',
    access: (input) => functionAccess(context, 'GetPolicy', input.FunctionName, input.Qualifier),
    handle(input) {
      const { env, records } = context;
      const name = readFunctionName(input.FunctionName, env, input.Qualifier);
      const policy = records.policies.get([name.name, policyQualifier(name.qualifier)]);
      if (!policy) throw notFound('The resource you requested does not exist.');
      return { Policy: JSON.stringify(documentOf(policy)), RevisionId: policy.revisionId };
    },
  });
