import { AwsError, resourceType } from '../../../service.ts';
import { apiTags, toApi } from './api-names.ts';
import { retag } from './retag.ts';

interface ClusterProperties {
  readonly ClusterName?: string;
  readonly ClusterSettings?: readonly object[];
  readonly CapacityProviders?: readonly string[];
  readonly DefaultCapacityProviderStrategy?: readonly object[];
  readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
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
    const { cluster: made } = await invoke<{ cluster: { clusterArn: string } }>('ecs', 'CreateCluster', {
      clusterName,
      settings: toApi(p.ClusterSettings),
      capacityProviders: p.CapacityProviders,
      defaultCapacityProviderStrategy: toApi(p.DefaultCapacityProviderStrategy),
      tags: apiTags(p.Tags, stackTags),
    });
    return { physicalId: clusterName, attributes: { Arn: made.clusterArn } };
  },
  async update({ properties: p, previous, physicalId, invoke, previousAttributes }) {
    await invoke('ecs', 'UpdateClusterSettings', {
      cluster: physicalId,
      settings: toApi(p.ClusterSettings ?? [{ Name: 'containerInsights', Value: 'disabled' }]),
    });
    await invoke('ecs', 'PutClusterCapacityProviders', {
      cluster: physicalId,
      capacityProviders: p.CapacityProviders ?? [],
      defaultCapacityProviderStrategy: toApi(p.DefaultCapacityProviderStrategy ?? []),
    });
    await retag(invoke, previousAttributes.Arn, p.Tags, previous.Tags);
    return { physicalId, attributes: previousAttributes };
  },
  async delete({ physicalId, invoke }) {
    await invoke('ecs', 'DeleteCluster', { cluster: physicalId }).catch((error: unknown) => {
      if (!(error instanceof AwsError) || error.code !== 'ClusterNotFoundException') throw error;
    });
  },
});
