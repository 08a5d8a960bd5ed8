import type { CapacityProviderStrategyItem, ClusterSetting } from '@aws-sdk/client-ecs';
import type { Tag } from '../../../resource-tags.ts';
import { resourceType } from '../../../service.ts';
import { apiTags, type TemplateForm, toApi } from './api-names.ts';
import { retag } from './retag.ts';

interface ClusterProperties {
  readonly ClusterName?: string;
  readonly ClusterSettings?: TemplateForm<ClusterSetting[]>;
  readonly CapacityProviders?: string[];
  readonly DefaultCapacityProviderStrategy?: TemplateForm<CapacityProviderStrategyItem[]>;
  readonly Tags?: readonly Tag[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html */
export const cluster = resourceType<ClusterProperties>({
  type: 'AWS::ECS::Cluster',
  mode: 'live',
  honoured: [
    'ClusterName',
    'ClusterSettings',
    'CapacityProviders',
    'DefaultCapacityProviderStrategy',
    'Tags',
  ],
  async create({ properties: p, invoke, uniqueName, stackTags }) {
    const clusterName = p.ClusterName ?? uniqueName(255);
    const { cluster: made } = await invoke('ecs', 'CreateCluster', {
      clusterName,
      settings: toApi<ClusterSetting[]>(p.ClusterSettings ?? []),
      capacityProviders: p.CapacityProviders,
      defaultCapacityProviderStrategy: toApi<CapacityProviderStrategyItem[]>(
        p.DefaultCapacityProviderStrategy ?? [],
      ),
      tags: apiTags(p.Tags, stackTags),
    });
    return { physicalId: clusterName, attributes: { Arn: made?.clusterArn } };
  },
  async update({ properties: p, previous, physicalId, invoke, previousAttributes }) {
    await invoke('ecs', 'UpdateClusterSettings', {
      cluster: physicalId,
      settings: toApi<ClusterSetting[]>(
        p.ClusterSettings ?? [{ Name: 'containerInsights', Value: 'disabled' }],
      ),
    });
    await invoke('ecs', 'PutClusterCapacityProviders', {
      cluster: physicalId,
      capacityProviders: p.CapacityProviders ?? [],
      defaultCapacityProviderStrategy: toApi<CapacityProviderStrategyItem[]>(
        p.DefaultCapacityProviderStrategy ?? [],
      ),
    });
    await retag(invoke, String(previousAttributes.Arn), p.Tags, previous.Tags);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ClusterNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('ecs', 'DeleteCluster', { cluster: physicalId });
  },
});
