/**
 * AWS Systems Manager Parameter Store: String and StringList parameters. SecureString needs KMS and is refused
 * by name, as are advanced tiers and policies; the rest of Systems Manager is not here.
 */
import type { Service, ServiceEnvironment } from '../../service.ts';
import { createSsmContext } from './context.ts';
import * as operations from './operations/index.ts';
import { parameter } from './resources/parameter.ts';

export function createSsm(env: ServiceEnvironment): Service {
  const context = createSsmContext(env);
  return {
    operations: Object.values(operations).map((create) => create(context)),
    resourceTypes: [parameter],
  };
}
