/** CloudFront: the edges are everywhere; what stands behind them is its own component, unless a second origin does. */
import { listAt } from '../../../architecture/index.ts';
import { spread, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { byHand, byItself, rollback, unfelt } from '../ways.ts';

export const distribution: ComponentModel = {
  types: ['AWS::CloudFront::Distribution'],
  read: (resource, context) => {
    const groups = listAt(resource.properties, 'DistributionConfig.OriginGroups.Items');
    const ways = [
      unfelt(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is served from edges around the world',
        spread.cloudFront,
      ),
      unfelt(['lost-region'], 'is global; what it already holds is served from the edges', spread.cloudFront),
      byHand(['bad-deploy'], 'is put back to its previous configuration', [rollback(context.inputs)]),
    ];
    if (groups.length > 0)
      ways.push(byItself(['bad-deploy'], 'asks its second origin', [steps.failOverOrigin]));
    return { kind: 'network', label: 'CloudFront distribution', data: 'none', ways };
  },
};
