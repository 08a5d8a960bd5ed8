import type { IdentityStore } from '../../iam/identity-store.ts';
import type { ServiceEnvironment } from '../../service.ts';

export interface StsContext {
  readonly env: ServiceEnvironment;
  readonly identities: IdentityStore;
}
