/** Adds a second region to an Aurora cluster, which replicates the first. */
import { globalDatabase } from '../components/aurora-cluster.ts';
import { type Change, dataSize, hoursPerMonth, proposalFor } from './model.ts';

export const globalDatabaseChange: Change = {
  id: 'global-database',
  propose: (component, { context }) => {
    const { resource } = component;
    if (!resource.type.endsWith('DBCluster')) return undefined;
    if (component.options.some((option) => option.scenarios.includes('lost-region') && option.loses === 1))
      return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'global-database',
      component,
      {
        title: `Make ${component.resource.name} a global database with a second region`,
        how: 'AWS::RDS::GlobalCluster with this cluster as its first and one in another region as its second',
        prices: [
          {
            priceId: 'aurora.storage',
            what: "the second region's storage",
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
          {
            priceId: 'aurora.db.r6g.large',
            what: 'one instance in the second region (serverless v2 does not go below its least capacity there)',
            quantity: hoursPerMonth,
            basis: {
              figure: 'a db.r6g.large, as global databases need r classes or serverless v2',
              source: 'assumed by this model',
              assumed: true,
            },
          },
        ],
      },
      [globalDatabase('a second region')],
    );
  },
};
