/**
 * AWS Systems Manager Parameter Store: String and StringList parameters. SecureString needs KMS and is refused
 * by name, as are advanced tiers and policies; the rest of Systems Manager is not here.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createSsmContext } from './context.ts';
import { deleteParameter } from './operations/delete-parameter.ts';
import { deleteParameters } from './operations/delete-parameters.ts';
import { describeParameters } from './operations/describe-parameters.ts';
import { getParameter } from './operations/get-parameter.ts';
import { getParameters } from './operations/get-parameters.ts';
import { getParametersByPath } from './operations/get-parameters-by-path.ts';
import { putParameter } from './operations/put-parameter.ts';
import { parameter } from './resources/parameter.ts';

export function createSsm(env: ServiceEnvironment): Service {
  const context = createSsmContext(env);
  return {
    operations: [
      deleteParameter(context),
      deleteParameters(context),
      describeParameters(context),
      getParameter(context),
      getParameters(context),
      getParametersByPath(context),
      putParameter(context),
    ],
    resourceTypes: [parameter],
  };
}
