import type { Accounts } from '../../iam/accounts.ts';
import type { ServiceEnvironment } from '../../service.ts';

export interface StsContext {
  readonly env: ServiceEnvironment;
  readonly accounts: Accounts;
}
