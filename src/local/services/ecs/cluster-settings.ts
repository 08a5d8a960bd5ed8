/** What the operations on clusters share. */
import type { ClusterSetting } from '@aws-sdk/client-ecs';
import { unsupported } from '../../service.ts';
import type { EcsContext } from './context.ts';
import { invalidParameter } from './errors.ts';
import { clusterName } from './store.ts';

/** Container Insights would be metrics that nothing here measures. */
export function checkedSettings(given: readonly ClusterSetting[] | undefined) {
  return (given ?? []).map(({ name, value = '' }) => {
    if (name !== 'containerInsights') throw unsupported(`the cluster setting ${name}`);
    if (!/^(disabled|enabled|enhanced)$/.test(value))
      throw invalidParameter(`Invalid value ${value} for setting ${name}.`);
    if (value !== 'disabled') throw unsupported('Container Insights (the cluster setting containerInsights)');
    return { name, value };
  });
}

export const clusterAccess =
  (context: EcsContext, action: string) => (input: { readonly cluster?: string | undefined }) => ({
    action: `ecs:${action}`,
    resource: context.arn('cluster', clusterName(input.cluster)),
  });
