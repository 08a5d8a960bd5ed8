/** ElastiCache. Its content can be rebuilt from the source, so a lost cache makes requests slower and loses no data. */
import { flagAt, isUnresolved, listAt, numberAt, valueAt } from '../../../architecture/index.ts';
import { guess, part, severalZones, steps } from '../figures.ts';
import type { ComponentModel, Doubt } from '../model.ts';
import { automatic, doubtOf, redeploy, unaffected } from '../options.ts';
import { anotherCopy, optionsOfCopies } from '../running-copies.ts';

const cacheEmptied = automatic(
  ['software-fault'],
  'is emptied or restarted and fills again from its source',
  [part('the cache fills again', 60, 1_800, guess('1–30 min with more load on the source'))],
);

export const cacheGroup: ComponentModel = {
  types: ['AWS::ElastiCache::ReplicationGroup', 'AWS::MemoryDB::Cluster'],
  read: (resource, context) => {
    const { properties } = resource;
    const doubts: Doubt[] = [];
    const number = (path: string): number | undefined => {
      const value = numberAt(properties, path);
      if (isUnresolved(value))
        doubts.push(doubtOf(['lost-instance', 'lost-zone'], `${resource.name}/${path}`, value));
      return isUnresolved(value) ? undefined : value;
    };
    const replicas = number('ReplicasPerNodeGroup') ?? number('NumReplicasPerShard');
    const copies = replicas === undefined ? (number('NumCacheClusters') ?? 1) : replicas + 1;
    const failsOver =
      flagAt(properties, 'AutomaticFailoverEnabled') === true || resource.type.includes('MemoryDB');
    const multi = flagAt(properties, 'MultiAZEnabled') === true || resource.type.includes('MemoryDB');
    return {
      kind: 'cache',
      label: 'cache',
      data: 'rebuildable',
      options: [
        cacheEmptied,
        ...optionsOfCopies({
          what: 'node',
          copies: failsOver ? copies : 1,
          zones: multi ? 2 : 1,
          takeOver: [steps.cacheFailover],
          replace: [steps.cacheNode],
          otherZone: [redeploy(context.inputs, 'makes the cache in another zone')],
        }),
      ],
      doubts,
      copies,
      zones: multi ? ['one zone', 'another zone'] : ['one zone'],
    };
  },
};

export const replica = anotherCopy(['software-fault', 'lost-instance', 'lost-zone'], 'node', [
  steps.cacheFailover,
]);

export const cacheNode: ComponentModel = {
  types: ['AWS::ElastiCache::CacheCluster'],
  read: (resource, context) => {
    const nodes = numberAt(resource.properties, 'NumCacheNodes') ?? 1;
    const copies = isUnresolved(nodes) ? 1 : nodes;
    const across =
      listAt(resource.properties, 'PreferredAvailabilityZones').length > 1 ||
      valueAt(resource.properties, 'AZMode') === 'cross-az';
    return {
      kind: 'cache',
      label: 'cache',
      data: 'rebuildable',
      options: [
        cacheEmptied,
        ...optionsOfCopies({
          what: 'node',
          copies,
          zones: across ? 2 : 1,
          takeOver: [],
          replace: [steps.cacheNode],
          otherZone: [redeploy(context.inputs, 'makes the cache in another zone')],
        }),
      ],
      doubts: isUnresolved(nodes)
        ? [doubtOf(['lost-instance'], `${resource.name}/NumCacheNodes`, nodes)]
        : [],
      copies,
      zones: across ? ['one zone', 'another zone'] : ['one zone'],
    };
  },
};

export const cacheServerless: ComponentModel = {
  types: ['AWS::ElastiCache::ServerlessCache'],
  read: () => ({
    kind: 'cache',
    label: 'serverless cache',
    data: 'rebuildable',
    options: [
      cacheEmptied,
      unaffected(
        ['lost-instance', 'lost-zone'],
        'keeps its data in several zones',
        severalZones.generic('AmazonElastiCache/latest/dg/WhatIs.corecomponents.html'),
      ),
    ],
  }),
};
