/** Clusters. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html and its siblings. */
import type {
  ClusterSetting,
  CreateClusterCommandInput,
  CreateClusterResponse,
  DeleteClusterCommandInput,
  DeleteClusterResponse,
  DescribeClustersCommandInput,
  DescribeClustersResponse,
  Failure,
  ListClustersCommandInput,
  ListClustersResponse,
  PutClusterCapacityProvidersCommandInput,
  PutClusterCapacityProvidersResponse,
  UpdateClusterCommandInput,
  UpdateClusterResponse,
  UpdateClusterSettingsCommandInput,
  UpdateClusterSettingsResponse,
} from '@aws-sdk/client-ecs';
import { AwsError, operation, unsupported } from '../../../service.ts';
import type { EcsContext } from '../context.ts';
import { describeCluster } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import { page } from '../page.ts';
import { checkProviders, checkStrategy } from '../service-settings.ts';
import { clusterName, findCluster, tagsOf } from '../store.ts';

/** Container Insights would be metrics that nothing here measures. */
function settings(given: readonly ClusterSetting[] | undefined) {
  return (given ?? []).map(({ name, value = '' }) => {
    if (name !== 'containerInsights') throw unsupported(`the cluster setting ${name}`);
    if (!/^(disabled|enabled|enhanced)$/.test(value))
      throw invalidParameter(`Invalid value ${value} for setting ${name}.`);
    if (value !== 'disabled') throw unsupported('Container Insights (the cluster setting containerInsights)');
    return { name, value };
  });
}

const access =
  (context: EcsContext, action: string) => (input: { readonly cluster?: string | undefined }) => ({
    action: `ecs:${action}`,
    resource: context.arn('cluster', clusterName(input.cluster)),
  });

export const createCluster = (context: EcsContext) =>
  operation<CreateClusterCommandInput, CreateClusterResponse>({
    name: 'CreateCluster',
    accepts: ['clusterName', 'tags', 'settings', 'capacityProviders', 'defaultCapacityProviderStrategy'],
    access: () => ({ action: 'ecs:CreateCluster', resource: '*' }),
    handle(input) {
      const name = input.clusterName || 'default';
      if (!/^[\w-]{1,255}$/.test(name)) throw invalidParameter('Invalid cluster name.');
      // As on AWS, creating what exists answers it.
      const record = context.clusters.get(name) ?? {
        name,
        settings: settings(input.settings ?? [{ name: 'containerInsights', value: 'disabled' }]),
        capacityProviders: checkProviders(input.capacityProviders),
        defaultStrategy: checkStrategy(input.defaultCapacityProviderStrategy),
        tags: tagsOf(input.tags),
      };
      context.clusters.put(name, record);
      return { cluster: describeCluster(context, record) };
    },
  });

export const describeClusters = (context: EcsContext) =>
  operation<DescribeClustersCommandInput, DescribeClustersResponse>({
    name: 'DescribeClusters',
    accepts: ['clusters', 'include'],
    access: ({ clusters }) =>
      (clusters?.length ? clusters : ['default']).map((cluster) => ({
        action: 'ecs:DescribeClusters',
        resource: context.arn('cluster', clusterName(cluster)),
      })),
    handle({ clusters: wanted }) {
      const failures: Failure[] = [];
      const clusters = (wanted?.length ? wanted : ['default']).flatMap((name) => {
        const record = context.clusters.get(clusterName(name));
        if (record) return [describeCluster(context, record)];
        failures.push({ arn: context.arn('cluster', clusterName(name)), reason: 'MISSING' });
        return [];
      });
      return { clusters, failures };
    },
  });

export const listClusters = (context: EcsContext) =>
  operation<ListClustersCommandInput, ListClustersResponse>({
    name: 'ListClusters',
    accepts: 'all',
    access: () => ({ action: 'ecs:ListClusters', resource: '*' }),
    handle(input) {
      const all = [...context.clusters.values()].map(({ name }) => context.arn('cluster', name));
      const { items, next } = page(all, input.nextToken, input.maxResults);
      return { clusterArns: items, nextToken: next };
    },
  });

export const updateCluster = (context: EcsContext) =>
  operation<UpdateClusterCommandInput, UpdateClusterResponse>({
    name: 'UpdateCluster',
    accepts: ['cluster', 'settings'],
    access: access(context, 'UpdateCluster'),
    handle(input) {
      const before = findCluster(context, input.cluster);
      const record = { ...before, settings: input.settings ? settings(input.settings) : before.settings };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });

export const updateClusterSettings = (context: EcsContext) =>
  operation<UpdateClusterSettingsCommandInput, UpdateClusterSettingsResponse>({
    name: 'UpdateClusterSettings',
    accepts: 'all',
    access: access(context, 'UpdateClusterSettings'),
    handle(input) {
      const record = { ...findCluster(context, input.cluster), settings: settings(input.settings) };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });

export const putClusterCapacityProviders = (context: EcsContext) =>
  operation<PutClusterCapacityProvidersCommandInput, PutClusterCapacityProvidersResponse>({
    name: 'PutClusterCapacityProviders',
    accepts: 'all',
    access: access(context, 'PutClusterCapacityProviders'),
    handle(input) {
      const record = {
        ...findCluster(context, input.cluster),
        capacityProviders: checkProviders(input.capacityProviders),
        defaultStrategy: checkStrategy(input.defaultCapacityProviderStrategy),
      };
      context.clusters.put(record.name, record);
      return { cluster: describeCluster(context, record) };
    },
  });

export const deleteCluster = (context: EcsContext) =>
  operation<DeleteClusterCommandInput, DeleteClusterResponse>({
    name: 'DeleteCluster',
    accepts: 'all',
    access: access(context, 'DeleteCluster'),
    handle(input) {
      const record = findCluster(context, input.cluster);
      const services = [...context.services.values({ prefix: [record.name] })];
      if (services.some(({ status }) => status !== 'INACTIVE'))
        throw new AwsError(
          'ClusterContainsServicesException',
          'The Cluster cannot be deleted while Services are active.',
        );
      const tasks = [...context.tasks.values({ prefix: [record.name] })];
      if (tasks.some(({ lastStatus }) => lastStatus !== 'STOPPED'))
        throw new AwsError(
          'ClusterContainsTasksException',
          'The Cluster cannot be deleted while Tasks are active.',
        );
      context.env.store.transaction(() => {
        context.services.clear([record.name]);
        context.tasks.clear([record.name]);
        context.clusters.delete(record.name);
      });
      return { cluster: { ...describeCluster(context, record), status: 'INACTIVE' } };
    },
  });
