/** Three OpenSearch nodes in three zones, each with a replica of what the others hold. */
import { textAt } from '../../../architecture/index.ts';
import { anotherCopy } from '../running-copies.ts';
import { type Change, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const searchNodes: Change = {
  id: 'search-nodes',
  propose: (component) => {
    const { resource, copies = 1, zones = [] } = component;
    if (component.label !== 'OpenSearch domain' || (copies > 2 && zones.length > 1)) return undefined;
    const type = String(textAt(resource.properties, 'ClusterConfig.InstanceType') ?? 'unknown');
    return proposalFor(
      'search-nodes',
      component,
      {
        title: `Run ${component.resource.name} on three nodes in three zones`,
        how: 'ClusterConfig: { InstanceCount: 3, ZoneAwarenessEnabled: true, ZoneAwarenessConfig: { AvailabilityZoneCount: 3 } }, and a replica for each index',
        prices: [
          {
            priceId: `opensearch.${type}`,
            what: 'more nodes',
            quantity: hoursPerMonth * Math.max(1, 3 - copies),
            basis: fromTemplate('730 h a month', resource, 'ClusterConfig.InstanceType'),
          },
        ],
      },
      [anotherCopy(['lost-instance', 'lost-zone'], 'node', [])],
    );
  },
};
