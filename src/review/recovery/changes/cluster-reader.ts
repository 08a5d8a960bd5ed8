/** A reader for a cluster that has only its writer. */
import { textAt } from '../../../architecture/index.ts';
import { reader } from '../components/aurora-cluster.ts';
import { type Change, fromTemplate, hoursPerMonth, proposalFor } from './model.ts';

export const clusterReader: Change = {
  id: 'cluster-reader',
  propose: (component) => {
    const { resource } = component;
    if (!resource.type.endsWith('DBCluster') || component.copies !== 1) return undefined;
    const writer = component.members[1] ?? resource;
    const cls = String(textAt(writer.properties, 'DBInstanceClass') ?? 'unknown');
    const serverless = cls === 'db.serverless';
    const least = Number(textAt(resource.properties, 'ServerlessV2ScalingConfiguration.MinCapacity') ?? 0.5);
    const family =
      resource.type.split('::')[1]?.toLowerCase() === 'rds'
        ? 'aurora'
        : String(resource.type.split('::')[1]).toLowerCase();
    return proposalFor(
      'cluster-reader',
      component,
      {
        title: `Add a reader in another zone to ${component.resource.name}`,
        how: 'A second DBInstance with the same DBClusterIdentifier (CDK: readers: [ClusterInstance.…]), PromotionTier 0 or 1',
        prices: [
          {
            priceId: serverless ? `${family}.serverless-v2` : `${family}.${cls}`,
            what: serverless ? 'the reader at its least capacity' : 'the reader',
            quantity: serverless && Number.isFinite(least) ? least * hoursPerMonth : hoursPerMonth,
            basis: fromTemplate(
              serverless ? `${least} ACU for 730 h` : '730 h a month',
              writer,
              'DBInstanceClass',
            ),
          },
        ],
      },
      [reader],
    );
  },
};
