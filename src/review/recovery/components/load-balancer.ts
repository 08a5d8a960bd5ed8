/** Load balancers: AWS runs their nodes, in the zones of their subnets. */
import { subnetIdsOf } from '../../../architecture/index.ts';
import { fact, severalZones, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { automatic, manual, redeploy, unaffected } from '../options.ts';
import { zonesOf } from '../zones.ts';

export const loadBalancer: ComponentModel = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'],
  read: (resource, context) => {
    const { zones, unknown } = zonesOf(context.app, subnetIdsOf(resource));
    const page = 'elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html';
    const options = [
      unaffected(
        ['software-fault', 'lost-instance'],
        'has its nodes replaced by AWS',
        severalZones.generic(page),
      ),
      manual(['lost-zone'], 'is given a subnet in another zone', [redeploy(context.inputs)]),
    ];
    if (zones.length > 1)
      options.push(
        automatic(
          ['lost-zone'],
          'takes the lost zone out of its DNS name',
          [steps.targetFoundUnhealthy],
          null,
          [fact('one node or more in each zone that is enabled', page)],
        ),
      );
    return {
      kind: 'network',
      label: 'load balancer',
      data: 'none',
      options,
      doubts:
        zones.length < 2 && unknown.length > 0
          ? [{ scenarios: ['lost-zone'], what: `the zones of ${unknown.join(', ')} are not in the template` }]
          : [],
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};
