/** Caches by the node, or serverless: https://aws.amazon.com/elasticache/pricing/ */
import { numberAt, type Resource, textAt } from '../../../architecture/index.ts';
import { type Amount, numberText, perUse, times } from '../amount.ts';
import { hoursPerMonth } from '../prices/index.ts';
import { freeOfCharge, type Item, line, type Pricer } from './model.ts';
import { mapsIn, read } from './properties.ts';
import { allMonth, assumed, each, monthly } from './questions.ts';

const node = (resource: Resource, count: number | undefined): readonly Item[] => {
  const { text, missing } = read(resource);
  const engine = text('Engine', 'redis');
  const type = text('CacheNodeType', '');
  if (engine === undefined || type === undefined || count === undefined) return missing;
  return [
    line(`elasticache.${engine.toLowerCase()}.${type}`, allMonth('node-hour', count), {
      note: `${count} node${count === 1 ? '' : 's'}`,
    }),
    ...missing,
  ];
};

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export const cacheCluster: Pricer = {
  types: ['AWS::ElastiCache::CacheCluster'],
  items: (cluster) => node(cluster, read(cluster).number('NumCacheNodes', 1)),
};

export const replicationGroup: Pricer = {
  types: ['AWS::ElastiCache::ReplicationGroup'],
  items: (group) => {
    const { number, missing } = read(group);
    const clusters = number('NumCacheClusters', 0);
    const shards = number('NumNodeGroups', 1);
    const replicas = number('ReplicasPerNodeGroup', 0);
    if (clusters === undefined || shards === undefined || replicas === undefined) return missing;
    // Each shard may have its own number of replicas.
    const own = mapsIn(group.properties.NodeGroupConfiguration);
    const nodes =
      own.length > 0
        ? own.reduce((all, one) => all + 1 + (numberOf(one.ReplicaCount) ?? replicas), 0)
        : shards * (1 + replicas);
    return node(group, clusters > 0 ? clusters : nodes);
  },
};

export const serverlessCache: Pricer = {
  types: ['AWS::ElastiCache::ServerlessCache'],
  questions: (cache) => [
    each(
      'averageGB',
      'Data in the cache on average',
      'GB',
      textAt(cache.properties, 'Engine') === 'valkey' ? 0.1 : 1,
      'the least that is billed: 100 MB for Valkey, 1 GB for the others',
    ),
    monthly('ecpus', 'Cache operations, each KB begun', 'ECPU', (flow) =>
      assumed(perUse(20, 'ECPU'), `a session and a few cached answers per ${flow.uses.unit}`),
    ),
  ],
  items: (cache, flow) => {
    const { text, missing } = read(cache);
    const engine = text('Engine', 'valkey');
    if (engine === undefined) return missing;
    const stated = numberAt(cache.properties, 'CacheUsageLimits.DataStorage.Minimum');
    const least = Math.max(engine === 'valkey' ? 0.1 : 1, typeof stated === 'number' ? stated : 0);
    const kept = flow.of(cache, 'averageGB');
    const billed: Amount = {
      quantity: (uses) => Math.max(least, kept.quantity(uses)),
      explain: (usage) => `${numberText(Math.max(least, kept.quantity(usage.uses)))} GB`,
    };
    return [
      line(
        `elasticache.serverless.${engine}.storage`,
        times(billed, hoursPerMonth, `${hoursPerMonth} hours`),
      ),
      line(`elasticache.serverless.${engine}.ecpu`, flow.of(cache, 'ecpus')),
    ];
  },
};

export const cacheParts: Pricer = {
  types: [
    'AWS::ElastiCache::SubnetGroup',
    'AWS::ElastiCache::ParameterGroup',
    'AWS::ElastiCache::User',
    'AWS::ElastiCache::UserGroup',
  ],
  items: () => [
    freeOfCharge(
      'groups, parameters and users of a cache cost nothing',
      'https://aws.amazon.com/elasticache/pricing/',
    ),
  ],
};
