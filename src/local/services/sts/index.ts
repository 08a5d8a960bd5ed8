/** AWS STS: who am I, and sessions of roles and users. Federation is refused by name. */

import type { Timer } from '../../../core/clock.ts';
import type { Accounts } from '../../iam/accounts.ts';
import type { Service, ServiceEnvironment } from '../../service.ts';
import type { StsContext } from './context.ts';
import * as operations from './operations/index.ts';

export function createSts(env: ServiceEnvironment, accounts: Accounts): Service {
  const context: StsContext = { env, accounts };
  let sweeper: Timer | undefined;
  return {
    operations: Object.values(operations).map((create) => create(context)),
    start() {
      accounts.sweep();
      sweeper = env.clock.repeat(
        () => 3_600_000,
        () => accounts.sweep(),
      );
    },
    async stop() {
      sweeper?.cancel();
    },
  };
}
