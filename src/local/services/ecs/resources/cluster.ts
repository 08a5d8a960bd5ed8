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
  adopts: true,
  async find({ properties: p, invoke, uniqueName }) {
    const clusterName = p.ClusterName ?? uniqueName(255);
    const { clusters } = await invoke('ecs', 'DescribeClusters', { clusters: [clusterName] });
    const found = clusters?.find(({ status }) => status === 'ACTIVE');
    return found && { physicalId: clusterName, attributes: { Arn: found.clusterArn } };
  },
  async create({ properties: p, invoke, uniqueName, tags }) {
    const clusterName = p.ClusterName ?? uniqueName(255);
    const { cluster: made } = await invoke('ecs', 'CreateCluster', {
      clusterName,
      settings: toApi<ClusterSetting[]>(p.ClusterSettings ?? []),
      capacityProviders: p.CapacityProviders,
      defaultCapacityProviderStrategy: toApi<CapacityProviderStrategyItem[]>(
        p.DefaultCapacityProviderStrategy ?? [],
      ),
      tags: apiTags(tags),
    });
    return { physicalId: clusterName, attributes: { Arn: made?.clusterArn } };
  },
  async update({ properties: p, physicalId, invoke, previousAttributes, tags, previousTags }) {
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
    await retag(invoke, String(previousAttributes.Arn), tags, previousTags);
    return { physicalId, attributes: previousAttributes };
  },
  gone: ['ClusterNotFoundException'],
  async delete({ physicalId, invoke }) {
    await invoke('ecs', 'DeleteCluster', { cluster: physicalId });
  },
});
