/** Account-wide resource policies of CloudWatch Logs. */
import { type NamedPolicy, parsePolicy } from '../../../iam/index.ts';
import type { ServiceEnvironment } from '../../service.ts';

interface KeptPolicy {
  readonly policyName: string;
  readonly policyDocument: string;
  readonly lastUpdatedTime: number;
}

export const policiesOf = (env: ServiceEnvironment) =>
  env.store.collection<KeptPolicy>('logs.resource-policies');

/** All of them as one: what any of them allows is allowed. */
export function accountPolicy(env: ServiceEnvironment): NamedPolicy | undefined {
  const policies = [...policiesOf(env).values()];
  if (policies.length === 0) return undefined;
  const Statement = policies.flatMap(({ policyDocument }) => {
    const { Statement: statements } = parsePolicy(policyDocument, 'resource');
    return statements;
  });
  return { name: 'resource policies of CloudWatch Logs', document: { Version: '2012-10-17', Statement } };
}
