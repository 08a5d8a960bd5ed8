/** AWS STS: who am I, and sessions of roles and users. Federation is refused by name. */

import type { Directory } from '../../iam/directory.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { StsContext } from './context.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

export function createSts(env: ServiceEnvironment, directory: Directory): Service {
  const context: StsContext = { env, directory };
  const sweep = () => {
    directory.sweep();
    env.clock.after(3_600_000, sweep);
  };
  return {
    operations: [assumeRole(context), getCallerIdentity(context)],
    start: sweep,
  };
}
