/** Account-wide resource policies of CloudWatch Logs. */
import type { ServiceEnvironment } from '../../service.ts';

interface KeptPolicy {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly lastUpdatedTime: number;
}

export const policiesOf = (env: ServiceEnvironment) =>
  env.store.collection<KeptPolicy>('logs.resource-policies');
