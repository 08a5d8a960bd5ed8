/** Load balancers: AWS runs their nodes, in the zones of their subnets. */
import { listAt } from '../../../architecture/index.ts';
import { fact, spread, steps } from '../figures.ts';
import type { ComponentModel } from '../model.ts';
import { byHand, byItself, redeploy, unfelt } from '../ways.ts';
import { zonesOf } from '../zones.ts';

export const loadBalancer: ComponentModel = {
  types: ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AWS::ElasticLoadBalancing::LoadBalancer'],
  read: (resource, context) => {
    const subnets = [
      ...listAt(resource.properties, 'Subnets'),
      ...listAt(resource.properties, 'SubnetMappings'),
    ];
    const { zones, unknown } = zonesOf(context.app, subnets);
    const page = 'elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html';
    const ways = [
      unfelt(['software-fault', 'lost-instance'], 'has its nodes replaced by AWS', spread.generic(page)),
      byHand(['lost-zone'], 'is given a subnet in another zone', [redeploy(context.inputs)]),
    ];
    if (zones.length > 1)
      ways.push(
        byItself(['lost-zone'], 'takes the lost zone out of its DNS name', [steps.loadBalancerLetsGo], null, [
          fact('one node or more in each zone that is enabled', page),
        ]),
      );
    return {
      kind: 'network',
      label: 'load balancer',
      data: 'none',
      ways,
      doubts:
        zones.length < 2 && unknown.length > 0
          ? [{ for: ['lost-zone'], what: `the zones of ${unknown.join(', ')} are not in the template` }]
          : [],
      ...(zones.length === 0 ? {} : { zones }),
    };
  },
};
