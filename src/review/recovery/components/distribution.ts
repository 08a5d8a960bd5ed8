/** CloudFront distributions. Their origins are components of their own. */
import { listAt } from '../../../architecture/index.ts';
import { severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { automatic, manual, rollback, unaffected } from '../options.ts';

export const distribution: ComponentModel = {
  types: ['AWS::CloudFront::Distribution'],
  read: (resource, context) => {
    const groups = listAt(resource.properties, 'DistributionConfig.OriginGroups.Items');
    const options = [
      unaffected(
        ['software-fault', 'lost-instance', 'lost-zone'],
        'is served from edges around the world',
        severalZones.cloudFront,
      ),
      unaffected(
        ['lost-region'],
        'is global; what it already holds is served from the edges',
        severalZones.cloudFront,
      ),
      manual(['bad-deploy'], 'is put back to its previous configuration', [rollback(context.inputs)]),
    ];
    if (groups.length > 0)
      options.push(automatic(['bad-deploy'], 'asks its second origin', [steps.failOverOrigin]));
    return { kind: 'network', label: 'CloudFront distribution', data: 'none', options };
  },
};
