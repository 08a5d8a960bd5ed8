/** OpenSearch domains with fewer than three nodes. */
import { isAtLeast, propertyRule, trustedAdvisor } from './property-rule.ts';

export const searchNodesRule = propertyRule({
  id: 'search-nodes',
  severity: 'medium',
  title: 'Every OpenSearch domain has three nodes or more',
  why: 'With fewer than three nodes the domain does not keep its quorum, or its only copy of the data, when it loses a node.',
  reference: trustedAdvisor,
  types: ['AWS::OpenSearchService::Domain'],
  property: 'ClusterConfig.InstanceCount',
  isMet: isAtLeast(3),
  finding: (resource, value) =>
    `${resource.name} has ${(value ?? 1) === 1 ? 'one data node' : `${String(value)} data nodes`}`,
  fix: 'ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true } and a replica per index',
});
