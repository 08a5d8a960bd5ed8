/** The parts that hold no data, standing ready in another region. */
import { standsElsewhere } from '../ways.ts';
import type { Change } from './model.ts';

export const secondRegion: Change = {
  id: 'second-region',
  propose: (component, { context, components, needed }) => {
    const isMoved = ({ id, data, ways }: typeof component) =>
      needed.has(id) &&
      data !== 'kept' &&
      !ways.some(
        (way) =>
          way.for.includes('lost-region') &&
          (way.steps.length === 0 || way.how.includes('stands ready') || way.how.includes('empty twin')),
      );
    if (!isMoved(component)) return undefined;
    const covered = components.filter(isMoved);
    return {
      at: 'second-region@app',
      title: 'Keep the app deployed in a second region, on stand-by',
      how: 'Deploy the same stacks in a second region (CDK: one more Stage with another env.region) and fail over with Route 53 health checks; data needs its own replication',
      components: covered.map(({ id }) => id),
      adds: ({ data }) => [standsElsewhere('another region', data, context.inputs)],
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
