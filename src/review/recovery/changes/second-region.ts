/** Deploys the components that hold no data in a second region too. */
import { isStandbyRegion, standbyRegion } from '../options.ts';
import type { Change } from './model.ts';

export const secondRegion: Change = {
  id: 'second-region',
  propose: (component, { context, components, needed }) => {
    const isMoved = ({ id, data, options }: typeof component) =>
      needed.has(id) &&
      data !== 'kept' &&
      !options.some(
        (option) =>
          option.scenarios.includes('lost-region') && (option.steps.length === 0 || isStandbyRegion(option)),
      );
    if (!isMoved(component)) return undefined;
    const covered = components.filter(isMoved);
    return {
      id: 'second-region@app',
      title: 'Keep the app deployed in a second region, on stand-by',
      how: 'Deploy the same stacks in a second region (CDK: one more Stage with another env.region) and fail over with Route 53 health checks; data needs its own replication',
      components: covered.map(({ id }) => id),
      adds: ({ data }) => [standbyRegion('another region', data, context.inputs)],
      prices: [
        {
          priceId: 'second-region.at-rest',
          what: 'the same parts, standing by',
          noRow: 'add what the same parts cost while nobody uses them: "at rest" in the cost section',
          quantity: 1,
          basis: { figure: 'the cost section knows it', source: 'cost section', assumed: false },
        },
      ],
    };
  },
};
