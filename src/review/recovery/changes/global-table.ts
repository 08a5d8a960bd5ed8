/** A replica of a DynamoDB table in another region. */
import { replicated } from '../components/table.ts';
import { type Change, dataSize, proposalFor } from './model.ts';

export const globalTable: Change = {
  id: 'global-table',
  propose: (component, { context }) => {
    const { resource } = component;
    if (!resource.type.startsWith('AWS::DynamoDB::')) return undefined;
    if (component.options.some((option) => option.scenarios.includes('lost-region') && option.loses === 1))
      return undefined;
    const gb = context.dataGb(resource);
    return proposalFor(
      'global-table',
      component,
      {
        title: `Replicate ${component.resource.name} to another region`,
        how: 'AWS::DynamoDB::GlobalTable with a second entry in Replicas (CDK: TableV2 with replicas)',
        prices: [
          {
            priceId: 'dynamodb.storage',
            what: "the replica's storage",
            quantity: gb,
            basis: dataSize(gb, context, resource),
          },
          {
            priceId: 'dynamodb.on-demand.replicated-writes',
            what: 'each write once more, as a replicated one',
            quantity: 1_000_000,
            basis: {
              figure: 'a million writes a month; put in your own',
              source: 'assumed by this model',
              assumed: true,
            },
          },
        ],
      },
      [replicated('another region')],
    );
  },
};
