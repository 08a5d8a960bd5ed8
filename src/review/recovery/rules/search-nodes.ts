/** A search domain that one node less breaks. */
import { advisor, isOver, propertyRule } from './kit.ts';

export const searchNodesRule = propertyRule({
  id: 'search-nodes',
  severity: 'medium',
  title: 'Every OpenSearch domain has three nodes or more',
  why: 'With fewer than three nodes the loss of one loses the majority, or the only copy.',
  reference: advisor,
  types: ['AWS::OpenSearchService::Domain'],
  property: 'ClusterConfig.InstanceCount',
  good: isOver(3),
  says: (resource, value) =>
    `${resource.name} has ${(value ?? 1) === 1 ? 'one data node' : `${String(value)} data nodes`}`,
  fix: 'ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } and a replica per index',
});
